"""The moments of an example: as the API takes them, with 24:00, or counted on from the step before. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.calendar.queries import national_workdays
from huiguan.calendar.values import NamedDay, Workdays
from huiguan.kernel.moments import add_months, day_of, moment_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rehearsal.values import Fault
from huiguan.rules.findings import suggestion

_ON = re.compile(r"\+(\d{1,5}) (second|minute|hour|day|week|month|year|workday)s?")
_CALENDAR = ("holidays", "workdays", "announced")
_UNNAMED = Text(zh="", en="")
_SPANS = {"second": 1, "minute": 60, "hour": 3600}


def days_given(calendar: Mapping[str, Any], line: int = 0) -> list[NamedDay]:
    """The days an example's `calendar` names: `holidays`, and `workdays` at a weekend; `announced` are years."""
    for name in calendar:
        if name not in _CALENDAR:
            near = suggestion(name, _CALENDAR)
            raise Fault(f"calendar 里没有“{name}”。{near.zh}", f"calendar has no {name}.{near.en}", line)
    return [
        NamedDay(day_of(each, f"calendar.{name}"), worked, _UNNAMED)
        for name, worked in (("holidays", False), ("workdays", True))
        for each in calendar.get(name, [])
    ]


def workdays_given(calendar: Mapping[str, Any], line: int = 0) -> Workdays:
    """The calendar an example is played by: the national days, and its own over them."""
    return national_workdays(*days_given(calendar, line))


def moment(written: str, before: datetime | None, tz: ZoneInfo, workdays: Workdays, line: int) -> datetime:
    """`written` as an aware moment. "+6 months" counts on from `before`, the moment of the step before, in local time;
    "+3 workdays" by the calendar of the example."""
    found = _ON.fullmatch(written.strip())
    if found is None:
        try:
            return moment_of(written, "at", tz)
        except InvalidInput:
            raise Fault(f"不是时刻：{written}", f"not a moment: {written}", line) from None
    if before is None:
        raise Fault("第一步须写明时刻。", "The first step takes a moment of its own.", line)
    return _later(before.astimezone(tz), int(found.group(1)), found.group(2), workdays)


def _later(at: datetime, count: int, span: str, workdays: Workdays) -> datetime:
    if span in _SPANS:
        # Through UTC: an hour is an hour where the local clock jumps.
        return (at.astimezone(UTC) + timedelta(seconds=count * _SPANS[span])).astimezone(at.tzinfo)
    if span == "workday":
        day = workdays.after(at.date(), count)
    elif span in ("month", "year"):
        day = add_months(at.date(), count * (12 if span == "year" else 1))
    else:
        day = at.date() + timedelta(days=count * (7 if span == "week" else 1))
    return datetime.combine(day, at.timetz().replace(tzinfo=None), at.tzinfo)
