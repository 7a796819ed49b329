"""What is refused about codes, batches and gifts of coupons, by name."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class CouponUnknown(Refusal):
    """No clause of the rulebook in force describes such a coupon, or not one that codes can be kept for in this way."""

    text = Text(
        zh="章程里没有可以这样发的券“{coupon}”。", en="The rulebook has no coupon {coupon} to be issued this way."
    )
    status = 404
    rank = "existence"


class BatchUnknown(Refusal):
    text = Text(zh="没有这批券码：{batch}。", en="No such batch of codes: {batch}.")
    status = 404
    rank = "existence"


class BatchEnded(Refusal):
    text = Text(zh="这批券码已经停用。", en="This batch of codes has been stopped already.")


class CodesKnown(Refusal):
    """Codes of another house come once; nothing of the file was kept."""

    text = Text(
        zh="其中有重复的码，或以前导入过的码；一个也没有导入。",
        en="Some of these codes are there twice or were brought before; none was kept.",
    )


class CodeUnknown(Refusal):
    text = Text(zh="没有这个券码，请核对。", en="There is no such code; please check it.")
    status = 404
    rank = "existence"


class CodeTurnedIn(Refusal):
    """Somebody turned it in, perhaps a moment ago."""

    text = Text(zh="这个券码已经兑过。", en="This code has been turned in already.")
    rank = "limit"


class CodeOver(Refusal):
    text = Text(zh="这批券码已经停用或过期。", en="Codes of this batch are no longer turned in.")
    rank = "window"


class GiftCodeUnknown(Refusal):
    """No gift waits under this code: none ever did, it was accepted or taken back, or its time is over."""

    text = Text(
        zh="没有待接受的转赠：链接有误，或已领走、收回、过期。",
        en="No gift waits under this code: it is wrong, or the gift was accepted, taken back or has lapsed.",
    )
    status = 404
    rank = "existence"
