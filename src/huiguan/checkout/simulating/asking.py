"""Asking for a simulation, stopping it, deleting it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from huiguan.checkout.inputs import SimulateInput
from huiguan.checkout.models import Simulation, SimulationMover, SimulationPart, SimulationRefusal
from huiguan.checkout.simulating.reading import WORD, view_of
from huiguan.checkout.simulating.refusals import (
    DaysReversed,
    NoSalesRecorded,
    SimulationEnded,
    SimulationUnderWay,
)
from huiguan.checkout.simulating.running import STOPPED, WAITING, WORKING, tell_end
from huiguan.checkout.values import SIMULATE, SimulationView
from huiguan.foundation.errands import ask_errand
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, day_of, demand_not_ahead
from huiguan.kernel.refusals import NotFound
from huiguan.programme import queries as programmes
from huiguan.programme.values import digest_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.programme import Programme

_ASKING = ("write_rulebook", "approve_rulebook", "publish")
_SALES = """
SELECT count(*) FROM checkout_sale
WHERE programme_id = %s AND membership_id > 0 AND at >= %s AND at < %s AND written_at <= %s
"""


def start_simulation(
    *, actor: Actor, at: datetime, given: SimulateInput, key: str | None = None, by_worker: bool = True
) -> SimulationView:
    """Have recorded days judged by another rulebook; the worker does it, or whoever asked (`by_worker` false).

    Takes `write_rulebook`, `approve_rulebook` or `publish`. Refuses RulebookRefused (with all faults), NotFound (version,
    draft), DaysReversed, MomentInFuture, NoSalesRecorded. What was written by `at` is looked at, nothing later.
    """
    _demand(actor)
    asked = _asked(actor, at, given)

    def do() -> SimulationView:
        asked.save()
        if by_worker:
            asked.errand = ask_errand(SIMULATE, actor=actor, at=at, given={"simulation": asked.pk})
            asked.save(update_fields=["errand"])
        return view_of(asked)

    # The source itself is kept with the simulation; the audit row names it by its digest.
    told = {"kind": asked.kind, "number": asked.number, "digest": asked.digest}
    return perform(
        "start_simulation",
        actor=actor,
        at=at,
        subject="simulations",
        given={**told, "from": asked.since, "until": asked.until},
        do=do,
        returns=SimulationView,
        key=key,
    )


def _asked(actor: Actor, at: datetime, given: SimulateInput) -> Simulation:
    """What is asked for, checked; not written yet."""
    source, number, title = _source(actor, given)
    draft = compile_rulebook(source)
    since, until = _days(given, at, draft)
    return Simulation(
        programme_id=actor.programme,
        kind="version" if given.version is not None else "draft" if given.draft is not None else "file",
        number=number,
        title=title or draft.title.zh,
        source=source,
        digest=digest_of(source),
        since=since,
        until=until,
        as_written=at,
        asked_at=at,
        actor=actor.reference,
        actor_name=actor.name,
        sales=_sales(actor, at, draft, since, until),
    )


def _demand(actor: Actor) -> None:
    if not any(actor.may(power) for power in _ASKING):
        actor.demand(_ASKING[0])


def _source(actor: Actor, given: SimulateInput) -> tuple[str, int | None, str]:
    """The text, the number and the title of what is to be tried."""
    if given.version is not None:
        book = programmes.rulebook_of(actor, given.version)
        return book.source, given.version, book.compiled.title.zh
    if given.draft is not None:
        known = programmes.draft(actor, given.draft)
        return known.source, known.number, known.title
    return given.source or "", None, given.title


def _days(given: SimulateInput, at: datetime, draft: Programme) -> tuple[date, date]:
    since, until = day_of(given.since, "from"), day_of(given.until, "until")
    if until < since:
        raise DaysReversed(field="until", since=since.isoformat(), until=until.isoformat())
    demand_not_ahead(at_day(until, draft.zone), at, draft.zone, "until")
    return since, until


def _sales(actor: Actor, at: datetime, draft: Programme, since: date, until: date) -> int:
    begins, ends = at_day(since, draft.zone), at_day(until + timedelta(days=1), draft.zone)
    with connection.cursor() as cursor:
        cursor.execute(_SALES, [actor.programme, begins, ends, at])
        (sales,) = cursor.fetchone()
    if not sales:
        raise NoSalesRecorded(field="from", since=since.isoformat(), until=until.isoformat())
    return int(sales)


def stop_simulation(*, actor: Actor, at: datetime, number: int, key: str | None = None) -> SimulationView:
    """Stop a simulation under way; what was judged so far is kept. Refuses NotFound, SimulationEnded."""
    _demand(actor)

    def do() -> SimulationView:
        row = _locked(actor, number)
        if row.state not in (WAITING, WORKING):
            raise SimulationEnded(field="simulation")
        row.state, row.ended_at = STOPPED, at
        row.save(update_fields=["state", "ended_at"])
        tell_end(row, at)
        return view_of(row)

    return perform(
        "stop_simulation",
        actor=actor,
        at=at,
        subject=f"simulation:{number}",
        given={},
        do=do,
        returns=SimulationView,
        key=key,
    )


def delete_simulation(*, actor: Actor, at: datetime, number: int, key: str | None = None) -> bool:
    """Delete a simulation that has ended, with all its rows. Refuses NotFound, SimulationUnderWay."""
    _demand(actor)

    def do() -> bool:
        row = _locked(actor, number)
        if row.state in (WAITING, WORKING):
            raise SimulationUnderWay(field="simulation")
        for table in (SimulationRefusal, SimulationMover, SimulationPart):
            table.objects.filter(simulation=row).delete()
        row.delete()
        return True

    return perform(
        "delete_simulation",
        actor=actor,
        at=at,
        subject=f"simulation:{number}",
        given={},
        do=do,
        returns=bool,
        key=key,
    )


def _locked(actor: Actor, number: int) -> Simulation:
    row = Simulation.objects.select_for_update().filter(pk=number, programme_id=actor.programme).first()
    if row is None:
        raise NotFound(field="simulation", what=WORD, given=str(number))
    return row
