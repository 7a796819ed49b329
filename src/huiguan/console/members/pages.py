"""What the member's pages are given. Money is fen, points whole; words a Text, a {"zh","en"} mapping or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.console.dues.pages import DuesAside
from huiguan.console.members.bringing import Bringing
from huiguan.console.members.life import LifePage
from huiguan.console.members.passes import PackageRow
from huiguan.console.messages.pages import MessageRow
from huiguan.console.pages import Act, SaleRow
from huiguan.design.values import Cursor, Entry, Figure, Lot, Mark, Refused, Why, Words


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the profile as it may be shown. `reveal`: the field's name where it is masked and may be revealed,
    which is logged; `missing`: required and not there."""

    label: Words
    value: Words
    reveal: str = ""
    missing: bool = False
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of tier or standing: what it became, since when, and why."""

    label: Words
    since: date | datetime
    why: Why | None = None
    current: bool = False
    aside: Words = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    number: str
    mark: Mark
    href: str
    issued: date | datetime
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody who may use the member's account."""

    name: str
    kin: Words
    since: date | datetime


@dataclass(frozen=True, slots=True)
class RightRow:
    """A coupon held or used. `until`: its last moment; `mark`: usable, used, run out, not yet."""

    name: Words
    code: str
    worth: int
    mark: Mark
    since: datetime
    until: datetime | None = None
    why: Why | None = None
    used_href: str = ""
    slip_href: str = ""


@dataclass(frozen=True, slots=True)
class LineOfBook:
    """One thing of a book of procedures: what it is, how it stands, of when, what it comes to in fen. `href` may be empty."""

    href: str
    title: Words
    aside: Words
    mark: Mark
    at: date | datetime | None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger that is open under the figures. `kind`: account, rights, packages, sales, turns, lines; only its own list
    is read. `sums`: its lines come to something."""

    kind: str
    title: Words
    aside: Words = ""
    count: Words = ""
    lots: Sequence[Lot] = ()
    unit: str = "points"
    entries: Sequence[Entry] = ()
    rights: Sequence[RightRow] = ()
    sales: Sequence[SaleRow] = ()
    turns: Sequence[Turn] = ()
    packages: Sequence[PackageRow] = ()
    lines: Sequence[LineOfBook] = ()
    sums: bool = False
    acts: Sequence[Act] = ()
    note: Why | None = None
    empty: Words = ""
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A member merged into this one, or that this one was merged into; `undo_href` where it may be undone."""

    number: str
    href: str
    label: Words
    at: datetime
    why: Why | None = None
    undo_href: str = ""


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Who shares: `has` units that may be gathered; `keeper` of the pool."""

    name: str
    href: str
    has: int
    keeper: bool = False


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Units that `taker` gathered from `giver`."""

    taker: str
    giver: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PoolPanel:
    """With whom she shares; without `people` nobody yet. `uses`: who used what, the newest first."""

    title: Words
    people: Sequence[PoolRow] = ()
    uses: Sequence[PoolUse] = ()
    join_href: str = ""
    gather_href: str = ""
    leave_href: str = ""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member. `aside`: number, shop, since when; `profile_note`: '13 项齐全' or what is missing; `reveal_href`:
    where a field is revealed; `users` who else may use the account, `withdraw_href`
    where one is taken off; `bringing` who brought whom, `referrer_href` where that is noted; `messages`: what was said to her last; `dues`: what she owes, where the rulebook charges anything; `notes`: what a clerk should know first; `refused`: why the last act was not done."""

    number: str
    name: str
    href: str
    aside: Words
    marks: Sequence[Mark]
    acts: Sequence[Act]
    figures: Sequence[Figure]
    book: Book
    facts: Sequence[Fact]
    profile_note: Words
    reveal_href: str
    tiers: Sequence[Turn] = ()
    cards: Sequence[CardRow] = ()
    users: Sequence[UserRow] = ()
    withdraw_href: str = ""
    bringing: Bringing | None = None
    referrer_href: str = ""
    merges: Sequence[MergedRow] = ()
    messages: Sequence[MessageRow] = ()
    dues: DuesAside | None = None
    notes: Sequence[tuple[str, Words, Words]] = ()
    refused: Refused | None = None
    life: LifePage | None = None
    pool: PoolPanel | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in the list."""

    number: str
    name: str
    href: str
    phone: str
    card: str
    marks: Sequence[Mark]
    shop: Words
    points: int
    half_year: int
    last_visit: date | None = None


@dataclass(frozen=True, slots=True)
class MemberListPage:
    """The list: what was asked (`query`, `tier`, `standing`, `shop`), the choices, who was found. `sells`: visits mean
    something; `unit` what a sale earns and `window` what the ladder looks at, empty where there is none."""

    rows: Sequence[MemberRow]
    query: str = ""
    tiers: Sequence[tuple[str, Words, bool]] = ()
    types: Sequence[tuple[str, Words, bool]] = ()
    standings: Sequence[tuple[str, Words, bool]] = ()
    shops: Sequence[tuple[str, Words, bool]] = ()
    cursor: Cursor | None = None
    enrol_href: str = ""
    import_href: str = ""
    duplicates_href: str = ""
    cards_href: str = ""
    reviews_href: str = ""
    reviews: int = 0
    filtered: bool = False
    sells: bool = True
    unit: Words = ""
    window: Words = ""
