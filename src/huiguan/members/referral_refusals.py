"""What stands against noting who brought a member."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


class ReferralNotOffered(Refusal):
    text = Text(zh="章程没有推荐有礼。", en="The rulebook gives nothing for bringing a friend.")
    rank = "window"


class ReferrerUnknown(Refusal):
    text = Text(zh="没有推荐码或会员：{given}。", en="Nobody is found by {given}.")
    status = 404
    rank = "existence"


class SelfReferral(Refusal):
    """Friend and referrer are one person: the same member, phone or identity number."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class SameHousehold(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class ReferralLoop(Refusal):
    """The referrer was brought by the friend, perhaps through others."""

    text = Text(zh="{why}", en="{why}")
    rank = "limit"


class AlreadyReferred(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "state"


class ReferralTooLate(Refusal):
    text = Text(zh="{why}", en="{why}")
    rank = "window"
