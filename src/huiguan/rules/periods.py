"""Periods of the calendar or of a membership: the month, quarter, half or whole year a day lies in. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from huiguan.kernel.moments import add_months
from huiguan.kernel.records import record

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@record
class Period:
    """Local days `first` to `last`, both included."""

    first: date
    last: date


def period_of(every: str, counts_from: str, joined: date, day: date) -> Period | None:
    """The period `day` lies in, counted from the calendar's new year or from the day of joining; None where `every` is
    no rhythm. Before she joined: the first of her periods."""
    months = MONTHS.get(every)
    if months is None:
        return None
    if counts_from == "calendar":
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return Period(first, add_months(first, months) - timedelta(days=1))
    turns = max(0, (day.year - joined.year) * 12 + day.month - joined.month) // months
    while turns and add_months(joined, turns * months) > day:
        turns -= 1
    # Each counted from the joining itself: the 31st of January is followed by the 28th of February and the 31st of March.
    first = add_months(joined, turns * months)
    return Period(first, add_months(joined, (turns + 1) * months) - timedelta(days=1))
