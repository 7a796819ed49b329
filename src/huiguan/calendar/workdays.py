"""Workdays: Monday to Friday, but for days off, and the weekend days that are worked instead of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_workday(day: date, off: Collection[date] = (), worked: Collection[date] = ()) -> bool:
    """Whether `day` is worked: `off` names days that are not, `worked` weekend days that are."""
    return day in worked or (day.weekday() < SATURDAY and day not in off)


def workday_after(day: date, count: int, off: Collection[date] = (), worked: Collection[date] = ()) -> date:
    """The `count`th workday after `day`, which itself does not count; `day` where `count` is nought."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day, off, worked)
    return day
