"""Windows of local days, which days are worked, and deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import at_day
from huiguan.kernel.text import Text

NATIONAL, OWN = "national", "own"
SATURDAY = 5
# What a deadline is counted in. Hours run on from the moment; everything else ends at 24:00 of its last day.
SPANS = ("hours", "days", "workdays", "weeks", "months")


@dataclass(frozen=True, slots=True)
class Window:
    """The local days `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moments(self, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """The window's first moment, and the first one after it (24:00 of its last day)."""
        return at_day(self.first, tz), at_day(date.fromordinal(self.last.toordinal() + 1), tz)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day off (`worked` False) or a weekend day that is worked, and why. `source`: `national` or the house's `own`."""

    day: date
    worked: bool
    name: Text
    source: str = OWN


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a programme: its days that are not as their weekday says, by day, and who announced them.

    `announced` None: nobody has yet; `own`: the house itself. `workdays`: how many days of it are worked, as far as known. `month_workdays`: the
    same, of each month from January."""

    year: int
    days: tuple[NamedDay, ...]
    announced: Text | None
    own: bool
    workdays: int
    month_workdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked. `off`: weekdays that are not; `worked`: weekend days that are; `announced`: the years whose
    days are known. In any other year Monday to Friday are taken for worked, until they are."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()

    def is_worked(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The `count`th workday after `day`, which itself does not count; `day` where `count` is nought."""
        while count:
            day += timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def before(self, day: date) -> date:
        """The last workday before `day`."""
        day -= timedelta(days=1)
        while not self.is_worked(day):
            day -= timedelta(days=1)
        return day

    def between(self, after: date, until: date) -> int:
        """How many workdays lie after `after` up to and with `until`; nought where it is no later."""
        return sum(self.is_worked(day) for day in days_after(after, until))

    def are_known(self, after: date, until: date) -> bool:
        """Whether every year that the days after `after` up to `until` lie in was announced."""
        first = after + timedelta(days=1)
        return all(year in self.announced for year in range(min(first, until).year, until.year + 1))


def days_after(after: date, until: date) -> Iterator[date]:
    """The days after `after` up to and with `until`, in order."""
    return (date.fromordinal(day) for day in range(after.toordinal() + 1, until.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is over: the first moment after it. `last`: its last local day. `provisional`: it counts workdays of
    a year whose days off are not announced yet, so it may move."""

    at: datetime
    last: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class KeptDays:
    """What was written: how many days were set, and how many went back to what holds without the house."""

    set: int
    cleared: int


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """Whether the house follows the national days of mainland China."""

    national: bool
