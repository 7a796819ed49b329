"""What the pages of simulations are given. Money is fen, units whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from huiguan.design.values import ClauseRef, Cursor, Figure, Mark, Refused, Why, Words


@dataclass(frozen=True, slots=True)
class RunRow:
    """A simulation in the list. `state`: waiting, working, done, stopped, failed."""

    number: int
    href: str
    title: Words
    what: Words
    since: date
    until: date
    state: str
    done: int
    total: int
    movers: int
    asked_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Source:
    """What may be tried: `value` as the form sends it."""

    value: str
    label: Words
    on: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a file that cannot be run."""

    line: int
    clause: str
    told: Words


@dataclass(frozen=True, slots=True)
class StartPage:
    """All simulations, and the form for another one with what was typed into it."""

    runs: Sequence[RunRow]
    sources: Sequence[Source]
    since: str
    until: str
    may_start: bool
    refused: Refused | None = None
    faults: Sequence[Fault] = ()
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class SumRow:
    """A figure on both sides. `form`: count, yuan, units; `more` with its sign."""

    label: Words
    form: str
    real: int
    draft: int
    more: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A shop, tier or month: sales, what was paid and units issued on both sides, with bars against the longest."""

    label: Words
    sales: tuple[int, int]
    kept: tuple[int, int]
    issued: tuple[int, int]
    members: tuple[int, int]
    kept_bars: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    issued_bars: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class BarTable:
    """Cells of one kind, as a table with bars. `members`: whether the count at the end is told (tiers)."""

    title: Words
    rows: Sequence[Bars]
    members: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    label: Words
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class RunPage:
    """One simulation. `poll_href` while it is under way."""

    run: RunRow
    tabs: Sequence[Tab]
    figures: Sequence[Figure] = ()
    sums: Sequence[SumRow] = ()
    tables: Sequence[BarTable] = ()
    poll_href: str = ""
    may_start: bool = False
    seconds: int | None = None
    members: int = 0
    source_href: str = ""
    unit: Words = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member at the end of the time on one side."""

    kept: int
    units: int
    tier: Mark | None


@dataclass(frozen=True, slots=True)
class MoverRow:
    """A member for whom something differs, both sides, and why: the reasons of the first happening that differs."""

    member: str
    name: str
    href: str
    real: Standing
    draft: Standing
    more_kept: int
    more_units: int
    tier_differs: bool
    changed: int
    real_why: Sequence[Why] = ()
    draft_why: Sequence[Why] = ()
    refused: Words = ""


@dataclass(frozen=True, slots=True)
class MoversPage:
    run: RunRow
    tabs: Sequence[Tab]
    rows: Sequence[MoverRow]
    orders: Sequence[Source]
    tier_only: bool
    unit: Words
    csv_href: str
    xlsx_href: str
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    member: str
    name: str
    href: str
    at: datetime
    what: str
    reference: str
    reference_href: str
    amount: int
    code: str
    told: Words
    made: bool
    clauses: Sequence[ClauseRef] = ()


@dataclass(frozen=True, slots=True)
class RefusedPage:
    run: RunRow
    tabs: Sequence[Tab]
    counts: Sequence[tuple[str, int]]
    rows: Sequence[RefusedRow]
    unit: Words
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class TellingSide:
    """One side of a happening: what it came to, word and amount, and why. `made` false: it would not have been."""

    facts: Sequence[tuple[Words, int, str]]
    whys: Sequence[Why] = ()
    refused: Words = ""
    made: bool = True


@dataclass(frozen=True, slots=True)
class HappenedRow:
    title: Words
    at: datetime
    href: str
    differs: bool
    real: TellingSide
    draft: TellingSide


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member's months told twice."""

    run: RunRow
    mover: MoverRow
    rows: Sequence[HappenedRow]
    unit: Words
    tabs: Sequence[Tab] = field(default_factory=tuple)
