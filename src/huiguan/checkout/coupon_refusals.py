"""What a coupon is refused for, by name; each carries its clause's own sentence in `why`."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

WHY = Text(zh="{why}", en="{why}")


class RightNotFree(Refusal):
    """The coupon is locked for another order, given to a friend, or revoked."""

    text = WHY
    rank = "limit"


class CouponNotFor(Refusal):
    """The coupon is not for this tier, this shop or these goods."""

    text = WHY
    rank = "window"


class MinimumNotMet(Refusal):
    text = WHY
    rank = "limit"


class CouponNotOffered(Refusal):
    text = WHY
    rank = "window"


class AllGone(Refusal):
    """Of something that there is only so much of, nothing is left."""

    text = WHY
    rank = "limit"
