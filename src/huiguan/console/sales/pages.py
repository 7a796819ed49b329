"""What the pages of sales, returns and gifts are given. Money is fen, points whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.console.pages import Act, SaleRow
from huiguan.console.till.pages import Choice, Line, Verdict
from huiguan.design.values import ClauseRef, Cursor, Figure, Mark, Refused, Stair, Why, Words


@dataclass(frozen=True, slots=True)
class SaleListPage:
    """Sales of a shop, newest first. `query`: a bill number that was not found; `day_href`: where the day is closed."""

    rows: Sequence[SaleRow]
    query: str = ""
    shops: Sequence[tuple[str, Words, bool]] = ()
    cursor: Cursor | None = None
    refused: Refused | None = None
    day_href: str = ""


@dataclass(frozen=True, slots=True)
class ReturnTold:
    """A return or void as made: what came back, `refund` fen and by which means, why, and its `receipt`."""

    title: Words
    at: datetime
    refund: int
    what: Words
    reasons: Sequence[Why] = ()
    note: Words = ""
    hand: str = ""
    receipt: str = ""
    tenders: Sequence[tuple[Words, int]] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatures on a sale's record. `rows`: whose, and when or that it is missing; `lacking`: what may be ticked now;
    `says`: what becomes of it."""

    rows: Sequence[tuple[Words, Words]]
    says: Words
    lacking: Sequence[Choice] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class SalePage:
    """A sale as it stands. `steps` lead from the tags to `paid`; `tenders`: (means, fen); `signing` where its record is
    signed."""

    id: str
    number: str
    marks: Sequence[Mark]
    aside: Words
    member: str
    member_href: str
    acts: Sequence[Act]
    figures: Sequence[Figure]
    columns: Sequence[Words]
    lines: Sequence[Line]
    steps: Sequence[Stair]
    paid: Stair
    tenders: Sequence[tuple[Words, int]]
    given: Sequence[Verdict]
    missed: Sequence[Verdict]
    returns: Sequence[ReturnTold] = ()
    facts: Sequence[tuple[Words, Words]] = ()
    refused: Refused | None = None
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class BackLine:
    """A line that may come back: `left` pieces still may, `back` are chosen; `worth` fen was paid for the line."""

    n: int
    name: Words
    aside: Words
    sold: int
    left: int
    back: int
    paid: int


@dataclass(frozen=True, slots=True)
class GiftChoice:
    """A redemption whose gift may come back to settle a shortfall."""

    id: str
    label: Words
    on: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What the balance lacks, and how it may be settled. `way`: the chosen one."""

    text: Words
    worth: int
    ways: Sequence[str]
    way: str = ""
    gifts: Sequence[GiftChoice] = ()
    clauses: Sequence[ClauseRef] = ()


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What the chosen lines would come to. `refund` fen to the customer, negative where she pays; `cannot`: what is
    missing before it can be made."""

    steps: Sequence[Stair] = ()
    refund: int = 0
    shortfall: Shortfall | None = None
    reasons: Sequence[Why] = ()
    after: Words = ""
    cannot: Words = ""
    refused: Refused | None = None

    @property
    def owed(self) -> int:
        """What the customer pays in, fen."""
        return max(0, -self.refund)


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """Taking goods back."""

    id: str
    number: str
    key: str
    aside: Words
    member: str
    member_href: str
    lines: Sequence[BackLine]
    plan: ReturnPlan = field(default_factory=ReturnPlan)
    reason: str = ""
    means: Sequence[tuple[str, Words, bool]] = ()
    whole: bool = False

    @property
    def first(self) -> int:
        """The first line that may come back; 0 for none."""
        return next((line.n for line in self.lines if line.left), 0)


@dataclass(frozen=True, slots=True)
class GiftPage:
    """A redemption: the gift, its points, and whether it came back."""

    id: str
    gift: str
    member: str
    member_href: str
    facts: Sequence[tuple[Words, Words]]
    mark: Mark
    key: str
    may_return: bool
    refused: Refused | None = None
