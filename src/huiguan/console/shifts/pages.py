"""What the pages of shifts are given. Money is fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import Figure, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class CountRow:
    """One means of payment. `counted` as typed, or fen once handed over; `expected`, `difference` fen, None where they
    are not told: whoever counts her own drawer counts before she sees what there should be."""

    means: str
    label: Words
    sales: int
    refunds: int
    counted: str | int | None = None
    expected: int | None = None
    difference: int | None = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class MoveRow:
    label: Words
    amount: int
    reason: str
    at: datetime
    hand: str


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift in a list."""

    href: str
    clerk: str
    till: str
    opened_at: datetime
    mark: Mark


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """One shift, open or handed over (`closed_at`). `key`: of the hand-over, `move_key`: of cash moved."""

    id: str
    clerk: str
    till: str
    aside: Words
    marks: Sequence[Mark]
    figures: Sequence[Figure]
    rows: Sequence[CountRow]
    opening: int
    moves: Sequence[MoveRow]
    late: Words = ""
    reason: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    key: str = ""
    move_key: str = ""
    refused: Refused | None = None
    move_refused: Refused | None = None

    @property
    def tells(self) -> bool:
        """Whether the count says what there should be."""
        return any(row.expected is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """Where a shift is begun: `others` are those open or lately handed over here."""

    shop: Words
    key: str
    till: str = "1"
    opening: str = ""
    others: Sequence[ShiftLine] = field(default_factory=tuple)
    refused: Refused | None = None
