"""What the pages of the books are given."""

from __future__ import annotations

from collections.abc import Sequence
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
    by: str
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
