"""A house's days as they stand: the national ones it follows, and its own over them."""

from __future__ import annotations

from datetime import date

from huiguan.calendar.models import AnnouncedYear, Choice, Day
from huiguan.calendar.national import NOTICES, national_days
from huiguan.calendar.values import OWN, NamedDay, Workdays
from huiguan.kernel.text import Text


def follows_national(programme: int) -> bool:
    row = Choice.objects.filter(programme_id=programme).first()
    return row is None or row.national


def days_kept(programme: int) -> dict[date, NamedDay]:
    """Every day that is not what its weekday says, by day."""
    national = national_days() if follows_national(programme) else ()
    own = Day.objects.filter(programme_id=programme).order_by("day")
    kept = {each.day: each for each in national}
    kept |= {row.day: NamedDay(row.day, row.worked, Text(zh=row.name, en=row.name), OWN) for row in own}
    return dict(sorted(kept.items()))


def years_announced(programme: int) -> dict[int, Text]:
    """The years whose days are known, and who says so; a national notice before the house's own word."""
    own = AnnouncedYear.objects.filter(programme_id=programme).values_list("year", "source")
    told = {year: Text(zh=source, en=source) for year, source in own}
    return told | (NOTICES if follows_national(programme) else {})


def workdays_of(programme: int) -> Workdays:
    kept = days_kept(programme).values()
    return Workdays(
        off=frozenset(each.day for each in kept if not each.worked),
        worked=frozenset(each.day for each in kept if each.worked),
        announced=frozenset(years_announced(programme)),
    )
