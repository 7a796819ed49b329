"""The moments of an example: as the API takes them, with 24:00, or counted on from the step before. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import add_months, day_of, moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.rehearsal.values import Fault

Calendar = Mapping[str, Sequence[str]]
_ON = re.compile(r"\+(\d{1,5}) (second|minute|hour|day|week|month|year|workday)s?")
_SPANS = {"second": 1, "minute": 60, "hour": 3600}


def moment(written: str, before: datetime | None, tz: ZoneInfo, calendar: Calendar, line: int) -> datetime:
    """`written` as an aware moment. "+6 months" counts on from `before`, the moment of the step before, in local time;
    a workday is Monday to Friday but for the `holidays` of the calendar, and its `workdays`."""
    found = _ON.fullmatch(written.strip())
    if found is None:
        try:
            return moment_of(written, "at", tz)
        except InvalidInput:
            raise Fault(f"不是时刻：{written}", f"not a moment: {written}", line) from None
    if before is None:
        raise Fault("第一步须写明时刻。", "The first step takes a moment of its own.", line)
    return _later(before.astimezone(tz), int(found.group(1)), found.group(2), calendar)


def _later(at: datetime, count: int, span: str, calendar: Calendar) -> datetime:
    if span in _SPANS:
        # Through UTC: an hour is an hour where the local clock jumps.
        return (at.astimezone(UTC) + timedelta(seconds=count * _SPANS[span])).astimezone(at.tzinfo)
    if span == "workday":
        day = _workday(at.date(), count, calendar)
    elif span in ("month", "year"):
        day = add_months(at.date(), count * (12 if span == "year" else 1))
    else:
        day = at.date() + timedelta(days=count * (7 if span == "week" else 1))
    return datetime.combine(day, at.timetz().replace(tzinfo=None), at.tzinfo)


def _workday(day: date, count: int, calendar: Calendar) -> date:
    off = {day_of(each, "calendar.holidays") for each in calendar.get("holidays", [])}
    on = {day_of(each, "calendar.workdays") for each in calendar.get("workdays", [])}
    while count:
        day += timedelta(days=1)
        if day in on or (day.weekday() < 5 and day not in off):
            count -= 1
    return day
