"""Writing figures down, and what the accountant expects of units that are still out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.analytics.inputs import EstimateInput
from huiguan.analytics.models import DaysWritten, Estimate, PostedDay
from huiguan.analytics.reading import known_units, month_of, view_of
from huiguan.analytics.refusals import UnitUnknown, WorthIncomplete
from huiguan.analytics.values import EstimateView
from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day
from huiguan.ledger import queries as ledger

_LAST = "SELECT day, ends FROM analytics_days_written WHERE programme_id = %s ORDER BY day DESC LIMIT 1 FOR UPDATE"


def write_days(*, programme: int, day: date, zone: ZoneInfo, at: datetime) -> None:
    """Write down the figures of every local day through `day`, which must be sealed. Doing it again changes nothing."""
    in_transaction(lambda: _write(programme, day, zone, at))


def _write(programme: int, day: date, zone: ZoneInfo, at: datetime) -> None:
    last, starts = next(iter(hot_rows(_LAST, [programme])), (None, None))
    if last is not None and last >= day:
        return
    ends = at_day(day + timedelta(days=1), zone)
    # The row first: a second night at work waits for it and then finds the day taken.
    DaysWritten.objects.create(programme_id=programme, day=day, starts=starts, ends=ends, written_at=at)
    PostedDay.objects.bulk_create(
        [
            PostedDay(programme_id=programme, **asdict(each))
            for each in ledger.movements(programme, starts, ends, zone.key)
        ]
    )


def estimate_use(*, actor: Actor, at: datetime, given: EstimateInput, key: str | None = None) -> EstimateView:
    """Record how much of a unit is expected to be used, from now on. Takes `estimate`.

    What was set aside for earlier months stays; how much of it has been earned is told by the latest expectation.
    Refuses UnitUnknown, MonthWrong, WorthIncomplete.
    """
    actor.demand("estimate")
    month = month_of(given.month) if given.month else None
    if (given.units is None) != (given.worth is None):
        raise WorthIncomplete(field="worth" if given.worth is None else "units")
    if given.unit not in known_units(actor, at):
        raise UnitUnknown(field="unit", given=given.unit)
    return perform(
        "estimate_use",
        actor=actor,
        at=at,
        subject=f"unit:{given.unit}",
        given=given,
        do=lambda: view_of(_keep(actor, at, given, month)),
        returns=EstimateView,
        key=key,
    )


def _keep(actor: Actor, at: datetime, given: EstimateInput, month: date | None) -> Estimate:
    return Estimate.objects.create(
        programme_id=actor.programme,
        unit=given.unit,
        month=month,
        part=given.part,
        units=given.units,
        worth=given.worth,
        since=at,
        actor=actor.reference,
        reason=given.reason,
        written_at=at,
    )
