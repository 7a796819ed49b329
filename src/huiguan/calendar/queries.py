"""Which day is it here, and in which month, quarter and year does it lie?"""

from __future__ import annotations

from datetime import date, datetime

from huiguan.calendar import windows
from huiguan.calendar.birthdays import birthday_in, birthday_within, is_birthday_month
from huiguan.calendar.recurrences import days_begun, days_ended, is_month_end, month_ends_begun, next_month_end
from huiguan.calendar.values import Window
from huiguan.calendar.workdays import is_workday, workday_after
from huiguan.kernel.moments import local_day, zone

__all__ = [
    "birthday_in",
    "birthday_within",
    "day_at",
    "days_begun",
    "days_ended",
    "is_birthday_month",
    "is_month_end",
    "is_workday",
    "month_at",
    "month_ends_begun",
    "next_month_end",
    "quarter_at",
    "workday_after",
    "year_at",
]


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
