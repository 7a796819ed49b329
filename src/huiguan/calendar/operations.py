"""Which days are worked: set, read from a file, announced for a year, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from huiguan.calendar.inputs import FollowNational, GivenDay, ImportDays, SetDays, WithdrawYear
from huiguan.calendar.models import AnnouncedYear, Choice, Day
from huiguan.calendar.refusals import YearNotOwn
from huiguan.calendar.sheets import read_days
from huiguan.calendar.values import CalendarChoice, KeptDays
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

POWER = "organise"
_SOURCE = Text(zh="须写明依据", en="must say where the days are from")


def set_days(*, actor: Actor, at: datetime, given: SetDays, key: str | None = None) -> KeptDays:
    """Days off and days worked, from then on, and, where it `announces` one, a year whose days are now known. Deadlines
    that were told keep what they were told. Takes `organise`. Refuses InvalidInput (no such day, a year without a source).
    """
    actor.demand(POWER)
    _demand_source(given.announces, given.source)
    days = _days_of(given.days)

    def do() -> KeptDays:
        return _store(actor.programme, days, given.announces, given.source)

    return perform("set_days", actor=actor, at=at, subject="calendar", given=given, key=key, returns=KeptDays, do=do)


def import_days(*, actor: Actor, at: datetime, given: ImportDays, key: str | None = None) -> KeptDays:
    """`set_days` out of a file, all of it or nothing. Refuses InvalidInput naming the row (`days.3.work`)."""
    actor.demand(POWER)
    _demand_source(given.announces, given.source)
    days = _days_of(read_days(given.text))

    def do() -> KeptDays:
        return _store(actor.programme, days, given.announces, given.source)

    return perform("import_days", actor=actor, at=at, subject="calendar", given=given, key=key, returns=KeptDays, do=do)


def withdraw_year(*, actor: Actor, at: datetime, given: WithdrawYear, key: str | None = None) -> KeptDays:
    """The house no longer says that a year's days are known; the days stay. Takes `organise`. Refuses YearNotOwn."""
    actor.demand(POWER)

    def do() -> KeptDays:
        gone, _ = AnnouncedYear.objects.filter(programme_id=actor.programme, year=given.year).delete()
        if not gone:
            raise YearNotOwn(field="year", year=given.year)
        return KeptDays(0, gone)

    return perform(
        "withdraw_year", actor=actor, at=at, subject="calendar", given=given, key=key, returns=KeptDays, do=do
    )


def follow_national(*, actor: Actor, at: datetime, given: FollowNational, key: str | None = None) -> CalendarChoice:
    """Whether the national days hold here. Takes `organise`."""
    actor.demand(POWER)

    def do() -> CalendarChoice:
        Choice.objects.update_or_create(programme_id=actor.programme, defaults={"national": given.follow})
        return CalendarChoice(given.follow)

    return perform(
        "follow_national", actor=actor, at=at, subject="calendar", given=given, key=key, returns=CalendarChoice, do=do
    )


def _demand_source(year: int | None, source: str) -> None:
    if year is not None and not source:
        raise InvalidInput(field="source", rule=_SOURCE)


def _days_of(given: list[GivenDay]) -> dict[date, GivenDay]:
    return {day_of(each.day, f"days.{n}.day"): each for n, each in enumerate(given)}


def _store(programme: int, days: Mapping[date, GivenDay], announces: int | None, source: str) -> KeptDays:
    gone = [day for day, each in days.items() if each.work == "usual"]
    kept = [
        Day(programme_id=programme, day=day, worked=each.work == "worked", name=each.name)
        for day, each in sorted(days.items())
        if each.work != "usual"
    ]
    Day.objects.filter(programme_id=programme, day__in=gone).delete()
    Day.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["programme_id", "day"], update_fields=["worked", "name"]
    )
    if announces is not None:
        AnnouncedYear.objects.update_or_create(programme_id=programme, year=announces, defaults={"source": source})
    return KeptDays(len(kept), len(gone))
