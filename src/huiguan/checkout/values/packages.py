"""Packages as they cross the border of the till. Money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.rules.effects import Reason

Both = Mapping[str, str]  # a text in both languages


@dataclass(frozen=True, slots=True)
class UsedPackage:
    """A use: the `n`th step of the package; `left` how often it can be used again (None: any number)."""

    member: str
    package: str
    name: str
    n: int
    item: str
    quantity: int
    left: int | None
    at: datetime
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AllowanceLeft:
    """What is left of one allowance: `items` by name and title, `times` altogether and `left` (None: any number). `open`
    unless another branch of its `choice` was used."""

    items: tuple[tuple[str, Both], ...]
    times: int | None
    used: int
    left: int | None
    open: bool
    choice: bool
    clause: str


@dataclass(frozen=True, slots=True)
class PackageStep:
    """One line of its history, by `n`: used, undone, swapped, refunded, transferred, moved, reopened."""

    n: int
    what: str
    at: datetime
    item: str
    title: Both | None
    quantity: int | None
    shop: str | None
    cause: str
    undone: bool


@dataclass(frozen=True, slots=True)
class SwapOffer:
    """A larger package it may be handed in for: `pay` fen, the difference."""

    name: str
    sku: str
    title: Both
    pay: int


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package a member holds, as it reads at a moment. `state`: open, waiting, spent, expired, swapped, refunded,
    transferred, moved. Good from `since` until just before `until`. `sale` it was bought in, where it was."""

    code: str
    name: str
    title: Both
    clause: str
    price: int
    state: str
    bought_at: datetime
    since: datetime
    until: datetime | None
    remaining: tuple[AllowanceLeft, ...]
    steps: tuple[PackageStep, ...]
    swaps: tuple[SwapOffer, ...]
    transferable: bool
    sale: str | None
    agreement: str

    @property
    def used(self) -> int:
        return sum(each.used for each in self.remaining)


@dataclass(frozen=True, slots=True)
class PackageOffer:
    """A package that is sold: `price` None where it is negotiated."""

    name: str
    sku: str
    title: Both
    clause: str
    price: int | None
    until: datetime | None
    remaining: tuple[AllowanceLeft, ...]
    member_price: tuple[str, ...]
