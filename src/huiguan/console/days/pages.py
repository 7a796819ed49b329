"""What the pages of a shop's day are given. Money is fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.console.shifts.pages import ShiftLine
from huiguan.design.values import Figure, Mark, Refused, Stair, Words


@dataclass(frozen=True, slots=True)
class TenderRow:
    label: Words
    sales: int
    back: int
    net: int


@dataclass(frozen=True, slots=True)
class ClerkRow:
    clerk: str
    sales: int
    paid: int
    returns: int
    refund: int


@dataclass(frozen=True, slots=True)
class LateRow:
    day: date
    sales: int
    paid: int
    returns: int
    refund: int


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift of the day; `differs` says by how much, `reason` why."""

    href: str
    clerk: str
    till: str
    mark: Mark
    differs: Words = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseLine:
    """A closed day in a list."""

    href: str
    day: date
    number: int
    paid: int


@dataclass(frozen=True, slots=True)
class DayPage:
    """A shop's day: as it stands, or as it was closed (`number`). `discounts` lead from list prices to `paid`."""

    shop: Words
    code: str
    day: date
    number: int
    closed_at: datetime | None
    closed_by: str
    figures: Sequence[Figure]
    tenders: Sequence[TenderRow]
    clerks: Sequence[ClerkRow]
    discounts: Sequence[Stair]
    paid: Stair
    units: Sequence[tuple[Words, Words]]
    late: Sequence[LateRow]
    shifts: Sequence[ShiftRow]
    outside: Words = ""
    note: str = ""
    key: str = ""
    may_close: bool = False
    open_shifts: Sequence[ShiftLine] = ()
    closes: Sequence[CloseLine] = ()
    shops: Sequence[tuple[str, Words, bool]] = ()
    refused: Refused | None = None
