"""When a stage's time is over, and what is left of it while the applicant has the ball. Pure.

Hours run by the clock. Days, workdays, weeks, months and years are whole local days that begin after the day they count
from: five days from Monday end with Saturday, at 24:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.calendar.queries import lasting
from huiguan.calendar.values import Deadline, Workdays
from huiguan.kernel.moments import add_months, at_day, local_day


@dataclass(frozen=True, slots=True)
class Days:
    """The local calendar: its zone, and which days are worked."""

    zone: ZoneInfo
    known: Workdays


def due(days: Days, since: datetime, count: int, unit: str) -> Deadline:
    """When `count` of `unit` after `since` are over."""
    return lasting(days.known, since, count, unit, days.zone)


def before(days: Days, end: datetime, count: int, unit: str) -> datetime:
    """The moment so long before `end`: for telling of it in time."""
    if unit == "hour":
        return (end.astimezone(UTC) - timedelta(hours=count)).astimezone(end.tzinfo)
    day = local_day(end, days.zone)
    if unit == "workday":
        for _ in range(count):
            day = days.known.before(day)
    elif unit in ("month", "year"):
        day = add_months(day, -count * (12 if unit == "year" else 1))
    else:
        day -= timedelta(days=count * (7 if unit == "week" else 1))
    return at_day(day, days.zone)


def left(days: Days, at: datetime, end: datetime, unit: str) -> int:
    """What is left at `at` of a clock that ends at `end`: seconds of hours, workdays, days of anything else."""
    if unit == "hour":
        return max(0, int((end - at).total_seconds()))
    today, last = local_day(at, days.zone), local_day(end - timedelta(microseconds=1), days.zone)
    if unit == "workday":
        return workdays_between(days, today, last)
    return max(0, (last - today).days)


def resumed(days: Days, at: datetime, rest: int, unit: str) -> Deadline:
    """When a clock that had `rest` left is over, if it goes on at `at`."""
    if unit == "hour":
        over = (at.astimezone(UTC) + timedelta(seconds=rest)).astimezone(days.zone)
        return Deadline(over, local_day(over, days.zone))
    return due(days, at, rest, "workday" if unit == "workday" else "day")


def workdays_between(days: Days, first: date, last: date) -> int:
    """How many workdays lie after `first`, up to and with `last`."""
    return days.known.between(first, last)
