"""What the ledgers' pages are given. Money is fen, units whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Lot, Mark, Stair, Why, Words
from huiguan.portal.card.pages import Recent


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: what it was, when, by how much; opened, the sentence behind it, and what became of what came."""

    id: str
    label: Words
    at: datetime
    change: int
    balance: int
    told: Sequence[Why]
    facts: Sequence[tuple[Words, Words]] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The ledger of a unit. `lots`: what the balance is made of; `older`: the address of the next page."""

    title: Words
    balance: int
    lots: Sequence[Lot]
    lines: Sequence[Line]
    older: str = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon held. `qr`: its code is to be shown (usable now); `ends`: until when in words."""

    id: int
    name: Words
    code: str
    worth: int
    mark: Mark
    ends: Words
    ready: bool
    told: Sequence[Why]
    facts: Sequence[tuple[Words, Words]]


@dataclass(frozen=True, slots=True)
class CouponsPage:
    ready: Sequence[Coupon]
    waiting: Sequence[Coupon]
    gone: Sequence[Coupon]


@dataclass(frozen=True, slots=True)
class SalesPage:
    rows: Sequence[Recent]
    older: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a purchase; `offs`: what came off it and why, fen."""

    name: Words
    aside: Words
    quantity: int
    price: int
    due: int


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of a purchase."""

    at: datetime
    title: Words
    refund: int
    told: Sequence[Why]


@dataclass(frozen=True, slots=True)
class SalePage:
    """A purchase: what was bought, how its price came about, what it gave, what it did not and how far off that was."""

    number: str
    aside: Words
    paid: int
    pieces: Sequence[Piece]
    stairs: Sequence[Stair]
    total: Stair
    tenders: Sequence[tuple[Words, int]]
    given: Sequence[Why]
    missed: Sequence[Why]
    returns: Sequence[Back]
    receipt: str
    mark: Mark | None = None
