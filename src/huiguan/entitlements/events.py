"""What happened to rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Event, Told
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RightGranted(Event):
    """A coupon or another right was given; `reference` is its key ("382-5")."""

    text: ClassVar[Text] = Text(zh="发放券礼", en="A right was granted")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageOpened(Told):
    """A package was bought or came from another member; `reference` is its code, `price` fen."""

    text: ClassVar[Text] = Text(zh="套餐开通", en="A package began")
    readers: ClassVar[tuple[str, ...]] = ("sell", "read_members")

    package: str
    price: int
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageUsed(Told):
    """Something was used of a package; `reference` is its code, `left` how often it can be used again (None: any
    number). `undone`: the use was taken back."""

    text: ClassVar[Text] = Text(zh="套餐使用", en="A package was used")
    readers: ClassVar[tuple[str, ...]] = ("sell", "read_members")

    package: str
    item: str
    quantity: int
    left: int | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageEnded(Told):
    """A package was swapped, refunded, transferred or moved along with its member; `reference` is its code."""

    text: ClassVar[Text] = Text(zh="套餐终止", en="A package ended")
    readers: ClassVar[tuple[str, ...]] = ("sell", "read_members")

    package: str
    how: str
