"""A year drawn: twelve sheets, and the days with a name in words."""

from __future__ import annotations

import calendar as sheets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from huiguan.calendar import queries
from huiguan.calendar.values import OWN, SATURDAY, NamedDay, Year
from huiguan.console.acting import Acting
from huiguan.console.calendar.pages import CalendarPage, DayCell, MonthSheet, NamedRow
from huiguan.console.keys import new_key
from huiguan.design.values import Refused
from huiguan.kernel.text import Text

_OFF, _WORKED = Text(zh="休息日", en="Day off"), Text(zh="调休上班", en="Worked weekend")


def calendar_page(
    now: Acting, year: int, today: date, typed: dict[str, str], refused: Refused | None = None
) -> CalendarPage:
    told = queries.year_of(now.actor, year)
    return CalendarPage(
        year=year,
        months=_months(told, today, typed),
        rows=_rows(told.days),
        workdays=told.workdays,
        announced=told.announced,
        own_year=told.own,
        national=queries.follows_national(now.actor),
        may=now.actor.may("organise"),
        key=new_key(),
        before=f"/calendar/?year={year - 1}",
        after=f"/calendar/?year={year + 1}",
        typed=typed,
        refused=refused,
    )


def _months(told: Year, today: date, typed: Mapping[str, str]) -> list[MonthSheet]:
    named = {each.day: each for each in told.days}
    chosen = (typed.get("first", ""), typed.get("last", "") or typed.get("first", ""))
    drawn = sheets.Calendar()
    return [
        MonthSheet(
            _month_name(month),
            f"{told.year}-{month:02}",
            [
                [_cell(day, named, today, chosen) if day.month == month else None for day in week]
                for week in drawn.monthdatescalendar(told.year, month)
            ],
            told.month_workdays[month - 1],
        )
        for month in range(1, 13)
    ]


def _month_name(month: int) -> Text:
    return Text(zh=f"{month} 月", en=sheets.month_name[month])


def _cell(day: date, named: Mapping[date, NamedDay], today: date, chosen: tuple[str, str]) -> DayCell:
    each, weekend = named.get(day), day.weekday() >= SATURDAY
    kind = "rest" if weekend else "work"
    if each is not None:
        kind = ("made_up" if weekend else "work") if each.worked else "off"
    return DayCell(
        day=day,
        kind=kind,
        href=f"/calendar/?year={day.year}&day={day.isoformat()}#set",
        why=(each.name if each.name.zh else (_WORKED if each.worked else _OFF)) if each else None,
        own=each is not None and each.source == OWN,
        today=day == today,
        chosen=chosen[0] <= day.isoformat() <= chosen[1],
    )


def _rows(days: Sequence[NamedDay]) -> list[NamedRow]:
    """Days that follow each other alike, as one row."""
    rows: list[NamedRow] = []
    for each in days:
        row, own = rows[-1] if rows else None, each.source == OWN
        same = row is not None and (row.worked, row.name, row.own) == (each.worked, each.name, own)
        if row is not None and same and row.last + timedelta(days=1) == each.day:
            rows[-1] = NamedRow(row.first, each.day, row.count + 1, row.worked, row.name, own)
        else:
            rows.append(NamedRow(each.day, each.day, 1, each.worked, each.name, own))
    return rows
