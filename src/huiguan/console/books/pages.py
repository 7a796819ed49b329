"""What the pages of the books are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.design.values import Cursor, Figure, Refused, Stair, Words
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class UnitBook:
    """One unit's whole book: what came in and went out, and what members hold."""

    title: Text
    steps: Sequence[Stair]
    total: Stair
    notes: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    line: str
    told: Words
    member_href: str = ""


@dataclass(frozen=True, slots=True)
class ProofPart:
    """The proof of the books. `state`: never, waiting, working, done, refused; `counted`: word and number."""

    state: str
    done: int = 0
    total: int = 0
    at: datetime | None = None
    sound: bool = True
    counted: Sequence[tuple[Text, int]] = ()
    findings: Sequence[FindingRow] = ()
    found: int = 0
    poll_href: str = ""
    message: Words = ""


@dataclass(frozen=True, slots=True)
class SealRow:
    day: date
    journals: int
    root: str


@dataclass(frozen=True, slots=True)
class BooksPage:
    """`chain`: the newest entry of the audit chain and its hash."""

    figures: Sequence[Figure]
    books: Sequence[UnitBook]
    proof: ProofPart
    seals: Sequence[SealRow]
    chain: tuple[int, str]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry. `given`: what was handed in, as pairs."""

    seq: int
    at: datetime
    deed: Text
    by: Words
    by_ref: str
    subject: str
    subject_href: str
    given: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`asked`: what was searched for, as typed."""

    rows: Sequence[AuditRow]
    deeds: Sequence[tuple[str, Text, bool]]
    people: Sequence[tuple[str, str, bool]]
    asked: dict[str, str] = field(default_factory=dict)
    cursor: Cursor | None = None
    filtered: bool = False
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One reason for which a unit moved on a day. `href`: ''."""

    flow: Words
    cause: Words
    given: int
    taken: int
    journals: int


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    opening: int
    given: int
    taken: int
    closing: int
    held: int
    closed: bool
    lines: Sequence[DayLine]


@dataclass(frozen=True, slots=True)
class UnitDays:
    """One unit's days, newest first. `differs`: what its last closing is off the ledger, nought as it must be; None where
    the days asked for end before today."""

    title: Text
    days: Sequence[DayRow]
    given: int
    taken: int
    ledger: int
    differs: int | None


@dataclass(frozen=True, slots=True)
class DaysPage:
    month: str
    units: Sequence[UnitDays]
    before_href: str
    after_href: str
    sheet_href: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """`first`, `latest`: the part expected to be used, in percent."""

    month: date
    paid: int
    given: int
    used: int
    expired: int
    left: int
    first: str
    latest: str
    aside: int
    earned: int
    owed: int


@dataclass(frozen=True, slots=True)
class EstimateRow:
    since: datetime
    month: date | None
    part: str
    worth: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwedPage:
    """`units`: (name, title, shown now). `worth`: what one unit stands for, '' where nothing says."""

    unit: str
    units: Sequence[tuple[str, Text, bool]]
    worth: str
    figures: Sequence[Figure]
    cohorts: Sequence[CohortRow]
    estimates: Sequence[EstimateRow]
    may_estimate: bool
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    wrong: str = ""
