"""The month, the quarter, the year a day lies in, and the months behind it."""

from __future__ import annotations

from datetime import date

from huiguan.calendar.values import Window
from huiguan.kernel.moments import add_months, month_end, month_start


def month(day: date) -> Window:
    return Window(month_start(day), month_end(day))


def quarter(day: date) -> Window:
    """January to March, April to June, July to September, October to December."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Window(first, month_end(add_months(first, 2)))


def year(day: date) -> Window:
    return Window(date(day.year, 1, 1), date(day.year, 12, 31))


def next_month(day: date) -> Window:
    return month(add_months(month_start(day), 1))
