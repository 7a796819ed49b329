"""What the ledgers' pages are given. Money is fen, units whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Lot, Mark, Refused, Stair, Why, Words
from huiguan.kernel.amounts import as_yuan
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
    unit: str = ""


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
    """A coupon held, as it stands (`state`); `gives`: it may be given to a friend; `outside` another house's code for it."""

    id: int
    name: Words
    code: str
    worth: int
    mark: Mark
    ends: Words
    told: Sequence[Why]
    facts: Sequence[tuple[Words, Words]]
    state: str = ""
    gives: bool = False
    outside: str = ""

    @property
    def ready(self) -> bool:
        return self.state == "ready"


@dataclass(frozen=True, slots=True)
class Offered:
    """A coupon to be claimed: its terms in sentences, how many are left of how many; `why` not now."""

    coupon: str
    title: Words
    terms: Sequence[Words]
    left: int | None
    of: int | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class CouponsPage:
    """`turns_in`: codes can be turned in here."""

    ready: Sequence[Coupon]
    waiting: Sequence[Coupon]
    gone: Sequence[Coupon]
    offers: Sequence[Offered] = ()
    turns_in: bool = False


@dataclass(frozen=True, slots=True)
class WalletPage:
    """Stored value: what was paid in, what came on top and when of that ends next, fen; every movement."""

    principal: int
    bonus: int
    lots: Sequence[Lot]
    lines: Sequence[Line]
    older: str = ""
    tops_up: bool = False


@dataclass(frozen=True, slots=True)
class TopUpChoice:
    """An amount (fen) and the bonus it would bring; where it may not be paid in now, why."""

    amount: int
    bonus: int = 0
    until: datetime | None = None
    why: Refused | None = None

    @property
    def typed(self) -> str:
        return as_yuan(self.amount)


@dataclass(frozen=True, slots=True)
class TopUpPage:
    """Topping up by herself; `why_not`: why only the counter does it. `seen`: another amount she asked about. `least`,
    `most` of one top-up, fen, where there are such; `others`: whether other amounts than the grades are taken."""

    grades: Sequence[TopUpChoice]
    others: bool
    least: int | None
    most: int | None
    key: str
    why_not: Words = ""
    seen: TopUpChoice | None = None
    typed: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A part of a package: what it is for, how often still; `without_end`: as often as one likes."""

    what: Words
    left: int
    times: int
    without_end: bool
    open: bool
    choice: bool


@dataclass(frozen=True, slots=True)
class Package:
    title: Words
    code: str
    mark: Mark
    ends: Words
    ready: bool
    allowances: Sequence[Allowance]
    told: Sequence[Why]
    facts: Sequence[tuple[Words, Words]]


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
