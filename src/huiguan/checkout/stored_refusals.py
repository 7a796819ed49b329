"""What is refused about stored value. A clause's refusal carries its own sentence in `why`."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

WHY = Text(zh="{why}", en="{why}")


class AmountOutside(Refusal):
    """A top-up of less or more than the rulebook takes, or of another amount."""

    text = WHY
    rank = "limit"


class NothingToRefund(Refusal):
    """Of a top-up nothing is left that could be refunded."""

    text = WHY
    rank = "balance"


class LawForbids(Refusal):
    """The law that the rulebook takes in does not allow it; `why` names the article."""

    text = WHY
    rank = "limit"


class TopUpUnknown(Refusal):
    text = Text(zh="没有这笔充值：{top_up}。", en="No such top-up: {top_up}.")
    status = 404
    rank = "existence"


class PhoneMissing(Refusal):
    """A code was to be sent to a member who gave no phone."""

    text = Text(
        zh="会员没有登记手机号，收不到验证码；请用支付密码。",
        en="The member has no phone on record to send a code to; use the PIN.",
    )
    rank = "credential"


class ProofNeeded(Refusal):
    """So much from stored value takes the member's PIN or a one-time code; `ways` which of them."""

    text = WHY
    rank = "credential"
