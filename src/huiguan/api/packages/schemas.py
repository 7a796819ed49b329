"""Packages as programs read them."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, ReasonAnswer, Yuan


class ThingAnswer(Answer):
    item: str
    title: dict[str, str]


class AllowanceAnswer(Answer):
    """`times` altogether and `left`, null: as often as one likes. `open` false where another branch of the choice was
    used."""

    items: list[ThingAnswer]
    times: int | None
    used: int
    left: int | None
    open: bool
    choice: bool
    clause: str


class StepAnswer(Answer):
    """`what`: used, undone, swapped, refunded, transferred, moved, reopened."""

    n: int
    what: str
    at: datetime
    item: str
    quantity: int | None
    shop: str | None
    cause: str
    undone: bool


class SwapAnswer(Answer):
    """A larger package it may be handed in for, and the difference to `pay`."""

    name: str
    sku: str
    title: dict[str, str]
    pay: Yuan


class PackageAnswer(Answer):
    """A package a member holds. `state`: open, waiting, spent, expired, swapped, refunded, transferred, moved; good from
    `since` until just before `until`; `sale` it was bought in."""

    code: str
    name: str
    title: dict[str, str]
    clause: str
    price: Yuan
    state: str
    bought_at: datetime
    since: datetime
    until: datetime | None
    remaining: list[AllowanceAnswer]
    steps: list[StepAnswer]
    swaps: list[SwapAnswer]
    transferable: bool
    sale: str | None
    agreement: str


class PackagesPage(Answer):
    """A member's packages, newest first; all on one page."""

    items: list[PackageAnswer]
    next: str | None


class OfferAnswer(Answer):
    """A package that is sold under `sku`; `price` null where it is negotiated."""

    name: str
    sku: str
    title: dict[str, str]
    clause: str
    price: Yuan | None
    until: datetime | None
    remaining: list[AllowanceAnswer]
    member_price: list[str]


class OffersPage(Answer):
    items: list[OfferAnswer]
    next: str | None


class UsedPackageAnswer(Answer):
    """A use, the `n`th step of the package; `left` null: as often as one likes."""

    member: str
    package: str
    name: str
    n: int
    item: str
    quantity: int
    left: int | None
    at: datetime
    reasons: list[ReasonAnswer]
