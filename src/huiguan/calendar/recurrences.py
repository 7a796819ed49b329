"""The local days and month-ends between two moments: what the nightly order walks along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import at_day, local_day, month_end


def days_begun(after: datetime, until: datetime, tz: ZoneInfo) -> Iterator[date]:
    """The local days whose first moment lies after `after` and not after `until`, in order."""
    day = local_day(after, tz) + timedelta(days=1)
    while at_day(day, tz) <= until:
        yield day
        day += timedelta(days=1)


def days_ended(after: datetime, until: datetime, tz: ZoneInfo) -> Iterator[date]:
    """The local days whose end (24:00) lies after `after` and not after `until`, in order."""
    for begun in days_begun(after, until, tz):
        yield begun - timedelta(days=1)


def month_ends_begun(after: datetime, until: datetime, tz: ZoneInfo) -> Iterator[date]:
    """The last days of months that begin after `after` and not after `until`, in order."""
    return (day for day in days_begun(after, until, tz) if is_month_end(day))


def is_month_end(day: date) -> bool:
    return day == month_end(day)


def next_month_end(day: date) -> date:
    """The first month-end after `day`; of a month-end, the next month's."""
    return month_end(day + timedelta(days=1))
