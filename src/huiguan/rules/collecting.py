"""Between which moments a thing that was ordered is handed over: booked ahead, and collected by a day of the year. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import at_day, local_day
from huiguan.rules.parameters import MonthDay


def begins(book: Any, units: int, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment of the day so many days after the order, for what is dear enough to be booked (`book`: units and
    days); None: at once."""
    if book is None or units < book.units:
        return None
    return at_day(local_day(at, zone) + timedelta(days=book.days), zone)


def ends(last: MonthDay | None, at: datetime, zone: ZoneInfo) -> datetime | None:
    """24:00 of the next `last` day of a year, that of the order included; None: there is no such day."""
    if last is None:
        return None
    day = local_day(at, zone)
    ending = last.of(day.year) if day <= last.of(day.year) else last.of(day.year + 1)
    return at_day(ending + timedelta(days=1), zone)


def told(book: Any, begin: datetime | None, end: datetime | None, zone: ZoneInfo) -> dict[str, Any]:
    """The figures of a sentence about it: days ahead, the first day, the last."""
    figures: dict[str, Any] = {"days": book.days if book else 0}
    if begin is not None:
        figures["on"] = local_day(begin, zone).isoformat()
    if end is not None:
        figures["until"] = (local_day(end, zone) - timedelta(days=1)).isoformat()
    return figures
