"""What is refused of packages, and of points not hers to use yet, by name. A clause's refusal carries its own sentence in `why`."""

from __future__ import annotations

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

WHY = Text(zh="{why}", en="{why}")


class AgreementNeeded(Refusal):
    text = WHY
    status = 422
    rank = "input"


class AgreementNotOffered(Refusal):
    text = WHY
    status = 422
    rank = "input"


class PackageUnknown(Refusal):
    text = Text(zh="会员没有套餐 {given}。", en="The member holds no package {given}.")
    status = 404
    rank = "existence"


class NoPackageHeld(Refusal):
    text = Text(zh="会员没有可用的套餐。", en="The member holds no package.")
    rank = "existence"


class SwapNotOffered(Refusal):
    text = WHY
    rank = "window"


class NotInPackage(Refusal):
    text = WHY
    rank = "limit"


class PackageUsedUp(Refusal):
    text = WHY
    rank = "limit"


class ChoiceMade(Refusal):
    """Another branch of the choice was used already."""

    text = WHY
    rank = "limit"


class PackageEnded(Refusal):
    text = WHY
    rank = "state"


class PackageInUse(Refusal):
    """A package that was used, or one that is sold for good, is not taken back."""

    text = WHY
    rank = "limit"


class PackageNotTransferable(Refusal):
    text = WHY
    rank = "limit"


class UseUnknown(Refusal):
    text = Text(zh="套餐 {given} 没有第 {n} 笔可撤销的使用。", en="Package {given} has no use {n} that can be undone.")
    status = 404
    rank = "existence"


class NotVerified(Refusal):
    """Points are used once identity or phone is verified, and this member's is not."""

    text = WHY
    rank = "standing"


BY_CODE: dict[str, type[Refusal]] = {
    each.__name__: each
    for each in (
        AgreementNeeded,
        AgreementNotOffered,
        SwapNotOffered,
        NotInPackage,
        PackageUsedUp,
        ChoiceMade,
        PackageEnded,
        PackageInUse,
        PackageNotTransferable,
        NotVerified,
    )
}
