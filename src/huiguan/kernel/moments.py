"""Moments, local days, months and windows. A moment is an aware datetime; a day is the member's own (the zone's)."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from huiguan.kernel.refusals import InvalidInput, MomentInFuture
from huiguan.kernel.text import Text

_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*")  # fromisoformat takes week dates and more
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def moment_of(value: object, field: str, tz: ZoneInfo) -> datetime:
    """A moment from ISO text (with or without offset; local then), 'YYYY-MM-DD 24:00', or an aware datetime.

    The first and the last year a calendar knows are none: their ends lie outside it in another zone.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=tz)
    if isinstance(value, date):
        return datetime.combine(value, time(0), tz)
    text = str(value).strip()
    found = _LOCAL.fullmatch(text)
    try:
        if not 1 < int(text[:4]) < 9999 or not (found or _ISO.fullmatch(text)):
            raise ValueError(text)
        if found:
            hour, minute, second = (int(part or 0) for part in found.groups()[1:])
            start = datetime.combine(date.fromisoformat(found.group(1)), time(0), tz)
            if (hour, minute, second) == (24, 0, 0):
                return at_day(start.date() + timedelta(days=1), tz)
            return start.replace(hour=hour, minute=minute, second=second)
        parsed = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        rule = Text(zh=f"不是时刻：{text}", en=f"not a moment: {text}")
        raise InvalidInput(field=field, rule=rule) from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=tz)


def aware_moment(text: str, field: str) -> datetime:
    """A moment that says its own offset, where no zone is at hand to read it in."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    rule = Text(zh=f"须写明时区：{text}", en=f"takes a moment with its offset, not {text}")
    raise InvalidInput(field=field, rule=rule)


def demand_not_ahead(at: datetime, now: datetime, tz: ZoneInfo, field: str = "at") -> None:
    """MomentInFuture, told in local moments, where `at` lies after `now`."""
    if at > now:
        told = {"given": at.astimezone(tz).isoformat(), "now": now.astimezone(tz).isoformat()}
        raise MomentInFuture(field=field, **told)


def day_of(value: object, field: str) -> date:
    """A calendar day from ISO text or a date; none of the first and the last year, as with moments."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if not _DAY.fullmatch(text) or not 1 < int(text[:4]) < 9999:  # fromisoformat takes week dates and more
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        rule = Text(zh=f"没有这一天：{value}", en=f"no such day: {value}")
        raise InvalidInput(field=field, rule=rule) from None


def local_day(at: datetime, tz: ZoneInfo) -> date:
    return at.astimezone(tz).date()


def at_day(day: date, tz: ZoneInfo) -> datetime:
    """The first moment of a local day; 24:00 of the day before."""
    return datetime.combine(day, time(0), tz)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_years(birthday: date, day: date) -> int:
    """How old somebody is on a day; born on 29 February, a year older on 1 March of common years."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def end_of_day_text(at: datetime, tz: ZoneInfo) -> str:
    """A local moment for reading; midnight reads as 24:00 of the day before: '2026-12-31 24:00'."""
    local = at.astimezone(tz)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{(local.date() - timedelta(days=1)).isoformat()} 24:00"
    return local.strftime("%Y-%m-%d %H:%M")
