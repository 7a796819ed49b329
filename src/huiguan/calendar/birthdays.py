"""Which day and month a birthday falls on. 29 February counts as 28 February in a common year: never in March."""

from __future__ import annotations

from datetime import date

from huiguan.calendar.values import Window


def birthday_in(year: int, born: date) -> date:
    """The day of `year` on which somebody born on `born` has her birthday."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def birthday_within(window: Window, born: date) -> date | None:
    """The first birthday inside the window, or None. The day of birth itself is no birthday."""
    for year in range(window.first.year, window.last.year + 1):
        day = birthday_in(year, born)
        if day in window and day > born:
            return day
    return None


def is_birthday_month(day: date, born: date) -> bool:
    """Whether `day` lies in the month of the birthday."""
    return day.month == born.month
