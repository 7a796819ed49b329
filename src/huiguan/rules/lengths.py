"""When something that lasts is over: a measure that stands, a title that is borne.

What is to be done *within* a length is the calendar's to say, which knows workdays and counts from the next day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.rules.parameters import Length

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def when_over(length: Length, at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment without it: hours by the clock; so many whole days or weeks after the day of `at`; months and
    years to the day before the same date, so that half a year from 1 March ends with 31 August. Never workdays."""
    since = local_day(at, zone)
    if length.unit == "hour":
        return at + _HOUR * length.count
    months = {"month": 1, "year": 12}.get(length.unit)
    if months is not None:
        return at_day(add_months(since, months * length.count), zone)
    days = length.count * (7 if length.unit == "week" else 1)
    return at_day(since + _DAY * (days + 1), zone)
