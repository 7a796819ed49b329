"""Local days, months and years. Moments here are naive: they are the shop's own wall clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def length_of(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def month_of(at: datetime) -> datetime:
    """The first moment of the month."""
    return datetime(at.year, at.month, 1)


def next_month(at: datetime) -> datetime:
    return datetime(at.year + at.month // 12, at.month % 12 + 1, 1)


def months_back(day: date, months: int) -> date:
    """The same day so many months ago, or that month's last day where it has no such day."""
    place = day.year * 12 + day.month - 1 - months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, length_of(year, month)))


def window_start(day: date, months: int) -> date:
    """The first of the days that make up the last `months` months, `day` being the last: 31 December for 30 June."""
    return months_back(day, months) + timedelta(days=1)


def end_of(year: int, month_and_day: str) -> datetime:
    """24:00 of "12-31" in a year."""
    month, day = (int(part) for part in month_and_day.split("-"))
    return datetime(year, month, min(day, length_of(year, month))) + timedelta(days=1)
