"""What the calendar's page is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from huiguan.design.values import Refused, Words
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month's sheet. `kind`: work, rest (a weekend), off, made_up (a weekend day worked); `why`: its name."""

    day: date
    kind: str
    href: str
    why: Words | None = None
    own: bool = False
    today: bool = False
    chosen: bool = False

    @property
    def sign(self) -> Text | None:
        """The character beside the number, so that nothing rests on colour alone."""
        return {"off": Text(zh="休", en="off"), "made_up": Text(zh="班", en="work")}.get(self.kind)


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month: its weeks from Monday, None where a day is another month's; how many of its days are worked."""

    name: Words
    month: str
    weeks: Sequence[Sequence[DayCell | None]]
    workdays: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One or more days in a row with one name."""

    first: date
    last: date
    count: int
    worked: bool
    name: Words
    own: bool


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A year. `announced`: who says so, None where nobody has; `own_year`: the house itself did; `national`: whether the
    national days hold here; `may`: whether she may change it. `typed`: what stands in the form."""

    year: int
    months: Sequence[MonthSheet]
    rows: Sequence[NamedRow]
    workdays: int
    announced: Words | None
    own_year: bool
    national: bool
    may: bool
    key: str
    before: str
    after: str
    typed: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
