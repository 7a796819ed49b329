"""Which day is it here, and in which month, quarter and year does it lie?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.calendar import reading, sheets, windows
from huiguan.calendar.birthdays import birthday_in, birthday_within, is_birthday_month
from huiguan.calendar.national import NOTICES, national_days
from huiguan.calendar.recurrences import days_begun, days_ended, is_month_end, month_ends_begun, next_month_end
from huiguan.calendar.values import Deadline, NamedDay, Window, Workdays, Year, days_after
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day, zone

__all__ = [
    "birthday_in",
    "birthday_within",
    "day_at",
    "days_begun",
    "days_ended",
    "days_sheet",
    "deadline",
    "follows_national",
    "is_birthday_month",
    "is_month_end",
    "lasting",
    "month_at",
    "month_ends_begun",
    "national_workdays",
    "next_month_end",
    "quarter_at",
    "workday_deadline",
    "workdays",
    "workdays_passed",
    "year_at",
    "year_of",
]


_UNITS = {"hour": "hours", "day": "days", "workday": "workdays", "week": "weeks", "month": "months", "year": "months"}


def day_at(zone_name: str, at: datetime) -> date:
    """The local day of a zone ("Asia/Shanghai") at `at`."""
    return local_day(at, zone(zone_name))


def month_at(zone_name: str, at: datetime) -> Window:
    """The local days of the month `at` lies in."""
    return windows.month(day_at(zone_name, at))


def quarter_at(zone_name: str, at: datetime) -> Window:
    """The local days of the quarter (from January, April, July or October) `at` lies in."""
    return windows.quarter(day_at(zone_name, at))


def year_at(zone_name: str, at: datetime) -> Window:
    """The local days of the calendar year `at` lies in."""
    return windows.year(day_at(zone_name, at))


def workdays(programme: int) -> Workdays:
    """Which days are worked in this programme: read once, asked as often as one likes."""
    return reading.workdays_of(programme)


def national_workdays(*own: NamedDay) -> Workdays:
    """The national days with `own` over them, where there is no programme to ask."""
    kept = {each.day: each for each in (*national_days(), *own)}.values()
    off, worked = (frozenset(each.day for each in kept if each.worked is which) for which in (False, True))
    return Workdays(off, worked, frozenset(NOTICES))


def workday_deadline(programme: int, at: datetime, count: int, tz: ZoneInfo) -> Deadline:
    """The end (24:00) of the `count`th workday after the day of `at`, which itself does not count."""
    return deadline(workdays(programme), at, count, "workdays", tz)


def deadline(known: Workdays, at: datetime, count: int, span: str, tz: ZoneInfo) -> Deadline:
    """When `count` of `span` (one of SPANS) after `at` are over. Hours run on from the moment; every other span ends at
    24:00 of its last day, and the day of `at` does not count. Only workdays can be provisional."""
    if span == "hours":
        over = (at.astimezone(UTC) + timedelta(hours=count)).astimezone(tz)
        return Deadline(over, local_day(over, tz))
    day = local_day(at, tz)
    last = _last_day(known, day, count, span)
    provisional = span == "workdays" and count > 0 and not known.are_known(day, last)
    return Deadline(at_day(last + timedelta(days=1), tz), last, provisional)


def lasting(known: Workdays, at: datetime, count: int, unit: str, tz: ZoneInfo) -> Deadline:
    """`deadline` of a length as rulebooks write it: `count` of one `unit` (hour, day, workday, week, month, year)."""
    return deadline(known, at, count * 12 if unit == "year" else count, _UNITS[unit], tz)


def _last_day(known: Workdays, day: date, count: int, span: str) -> date:
    if span == "workdays":
        return known.after(day, count)
    if span == "months":
        return add_months(day, count)
    return day + timedelta(days=count * {"days": 1, "weeks": 7}[span])


def workdays_passed(known: Workdays, since: datetime, at: datetime, tz: ZoneInfo) -> int:
    """How old something is in workdays: those after the day of `since` up to the day of `at`."""
    return known.between(local_day(since, tz), local_day(at, tz))


def follows_national(actor: Actor) -> bool:
    """Whether the actor's programme keeps the national days."""
    return reading.follows_national(actor.programme)


def year_of(actor: Actor, year: int) -> Year:
    """A year of the actor's programme: its named days, who announced them, how many of its days are worked."""
    known = reading.workdays_of(actor.programme)
    days = tuple(each for each in reading.days_kept(actor.programme).values() if each.day.year == year)
    months = [0] * 12
    for day in days_after(date(year - 1, 12, 31), date(year, 12, 31)):
        months[day.month - 1] += known.is_worked(day)
    announced = reading.years_announced(actor.programme).get(year)
    own = announced is not None and announced is not NOTICES.get(year)
    return Year(year, days, announced, own, sum(months), tuple(months))


def days_sheet(actor: Actor, year: int, lang: str) -> str:
    """The named days of a year as CSV, in the form `import_days` takes."""
    return sheets.written(year_of(actor, year).days, lang)
