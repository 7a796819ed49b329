"""A simulation carried out: range by range of members, each range's outcome written in one transaction with how far it
got. Killed and begun again, it goes on where it was. It reads without locks and writes only tables of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime

import msgspec
from django.conf import settings
from django.db import connection
from django.db.models import F, Model, Sum
from psycopg.conninfo import make_conninfo

from huiguan.checkout.documents import reasons_of
from huiguan.checkout.events import SimulationFinished
from huiguan.checkout.models import Simulation, SimulationMover, SimulationPart, SimulationRefusal
from huiguan.checkout.simulating.figures import ALL, Amounts, kept, merged, units_of
from huiguan.checkout.simulating.gathering import Gatherer
from huiguan.checkout.simulating.records import Redeemed, SaleMade
from huiguan.checkout.simulating.replaying import Outcome, Pair, replay
from huiguan.checkout.simulating.settings import gatherer
from huiguan.foundation.hands import collect_seldom
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import copy_rows
from huiguan.members import past as people
from huiguan.rules.kinds import earn
from huiguan.rules.programme import Programme

PART, CHUNK = 4000, 400  # members of a part, and of what is read and written at once
MANY = 20_000  # sales from which on a second process is worth its start
WAITING, WORKING, DONE, STOPPED, FAILED = "waiting", "working", "done", "stopped", "failed"
_MOVER = (
    "simulation_id",
    "programme_id",
    "membership_id",
    "size",
    "kept",
    "units",
    "tier_real",
    "tier_draft",
    "document",
)
_REFUSAL = (
    "simulation_id", "programme_id", "membership_id", "seq", "what", "code", "clause", "told", "made", "at", "amount",
)  # fmt: skip
_encode = msgspec.json.Encoder().encode
Report = Callable[[int, int], None]
Clock = Callable[[], datetime]


def run_simulation(number: int, *, processes: int, clock: Clock, report: Report) -> None:
    """Carry out what is left of a simulation; `report(done, total)` counts sales. Stops where it was told to."""
    runs = Simulation.objects.filter(pk=number)
    if not runs.filter(state__in=(WAITING, WORKING)).update(state=WORKING):
        return
    runs.filter(begun_at=None).update(begun_at=clock())
    run = runs.get()
    try:
        _carry_out(run, processes, report)
    except Exception:
        _end(number, FAILED, clock())
        raise
    left = SimulationPart.objects.filter(simulation=run, reached__lt=F("until")).exists()
    # A process that died leaves parts undone: the log says why, and it may be begun again.
    _end(number, FAILED if left else DONE, clock())


def _end(number: int, state: str, at: datetime) -> None:
    """Note how it ended, unless somebody stopped it meanwhile."""

    def do() -> None:
        if Simulation.objects.filter(pk=number, state=WORKING).update(state=state, ended_at=at):
            tell_end(Simulation.objects.get(pk=number), at)

    in_transaction(do)


def tell_end(run: Simulation, at: datetime) -> None:
    """Tell that it has ended, in the transaction that ends it."""
    told = SimulationFinished(reference=str(run.pk), at=at, title=run.title, outcome=run.state, sales=run.sales)
    tell(run.programme_id, [told], at)


def _carry_out(run: Simulation, processes: int, report: Report) -> None:
    _cut(run)
    if processes > 1 and run.sales >= MANY:
        _in_processes(run, processes, report)
    else:
        work_on(run, 0, 1, report)


def _cut(run: Simulation) -> None:
    """Cut the members into parts, once."""

    def do() -> None:
        if run.parts.exists():
            return
        ranges = people.member_ranges(run.programme_id, PART)
        SimulationPart.objects.bulk_create(
            SimulationPart(simulation=run, programme_id=run.programme_id, n=n, after=after, until=until, reached=after)
            for n, (after, until) in enumerate(ranges)
        )

    in_transaction(do)


def _in_processes(run: Simulation, processes: int, report: Report) -> None:
    """Each process takes every so-manieth part; one that dies leaves its parts to who begins again."""
    known = connection.settings_dict
    given = {
        "host": known["HOST"], "port": known["PORT"], "dbname": known["NAME"], "user": known["USER"],
        "password": known["PASSWORD"],
    }  # fmt: skip
    url = make_conninfo(**{name: value for name, value in given.items() if value})
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "HUIGUAN_POOL": "0",
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
    }
    command = [sys.executable, "-m", "huiguan.cli.main", "simulate", "--part"]
    children = [
        subprocess.Popen([*command, f"{run.pk},{place},{processes}"], env=environment, stdin=subprocess.DEVNULL)
        for place in range(processes)
    ]
    try:
        while any(child.poll() is None for child in children):
            _wait(children)
            report(judged(run.pk), run.sales)
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
                child.wait()


def _wait(children: Iterable[subprocess.Popen[bytes]]) -> None:
    """A second, or until one of them has ended."""
    for child in children:
        if child.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=1)
            return


def work_on_part(number: int, place: int, of: int) -> None:
    """What a process of its own does: the parts that fall to it."""
    collect_seldom()
    work_on(Simulation.objects.get(pk=number), place, of, lambda done, total: None)


def work_on(run: Simulation, place: int, of: int, report: Report) -> None:
    """Do the parts that fall to process `place` of `of`."""
    reader = gatherer(run.programme_id, run.source, run.since, run.until, run.as_written)
    for part in SimulationPart.objects.filter(simulation=run, reached__lt=F("until")).order_by("n"):
        if part.n % of != place:
            continue
        while part.reached < part.until:
            if not Simulation.objects.filter(pk=run.pk, state=WORKING).exists():
                return
            _next_chunk(run, part, reader)
            report(judged(run.pk), run.sales)


def judged(number: int) -> int:
    """How many sales of the simulation are judged."""
    return int(SimulationPart.objects.filter(simulation_id=number).aggregate(n=Sum("sales"))["n"] or 0)


def _next_chunk(run: Simulation, part: SimulationPart, reader: Gatherer) -> None:
    until = people.range_end(run.programme_id, part.reached, part.until, CHUNK)
    outcomes = [replay(reader.setting, life) for life in reader.lives(part.reached, until)]
    movers = [mover_of(run, reader.setting.draft, outcome) for outcome in outcomes if outcome.moved]
    refused = [_refused(run, outcome, pair) for outcome in outcomes for pair in outcome.pairs if pair.draft.refused]
    before = part.reached
    part.reached = until
    part.members += len(outcomes)
    part.movers += len(movers)
    part.refusals += len(refused)
    part.sales += sum(isinstance(pair.happening, SaleMade) for outcome in outcomes for pair in outcome.pairs)
    part.real = merged((part.real, *(outcome.real for outcome in outcomes)))
    part.draft = merged((part.draft, *(outcome.draft for outcome in outcomes)))

    def do() -> None:
        # Whoever else may have worked on this part has written it already.
        if SimulationPart.objects.select_for_update().filter(pk=part.pk, reached=before).exists():
            part.save()
            _write(_MOVER, movers)
            _write(_REFUSAL, refused)

    in_transaction(do)


def _write(columns: Sequence[str], rows: Sequence[Model]) -> None:
    """Rows of one table, in one statement: there may be hundreds of thousands of them in all."""
    if rows:
        copy_rows(rows[0]._meta.db_table, columns, ([_plain(getattr(row, name)) for name in columns] for row in rows))


def _plain(value: object) -> object:
    return _encode(value).decode() if isinstance(value, dict) else value


def mover_of(run: Simulation, draft: Programme, outcome: Outcome) -> SimulationMover:
    """The row of a member, moved or not; not written yet."""
    real, tried = outcome.real.get(ALL, {}), outcome.draft.get(ALL, {})
    more = kept(tried) - kept(real)
    units = {unit: _more(real, tried, f"end:{unit}") for unit in units_of({**real, **tried})}
    worth = sum(abs(amount) * earn.worth_of(draft, unit) for unit, amount in units.items())
    changed = [pair for pair in outcome.pairs if pair.differs]
    return SimulationMover(
        simulation=run,
        programme_id=run.programme_id,
        membership_id=outcome.life.member.membership,
        size=abs(more) + worth,
        kept=more,
        units=sum(units.values()),
        tier_real=outcome.tiers[0],
        tier_draft=outcome.tiers[1],
        document={
            "real": real,
            "draft": tried,
            "changed": len(changed),
            "why": _why(outcome, changed[0]) if changed else {},
        },
    )


def _more(real: Amounts, tried: Amounts, name: str) -> int:
    return tried.get(name, 0) - real.get(name, 0)


def _why(outcome: Outcome, pair: Pair) -> dict[str, object]:
    """The first happening that differs: what was given that only one side gives."""
    happening = pair.happening
    real: list[list[object]] = []
    if isinstance(happening, SaleMade):
        real = msgspec.json.decode(happening.told.reasons)
    tried = reasons_of(pair.draft.reasons)
    refused = pair.draft.refused
    return {
        "what": what_of(pair),
        "seq": getattr(happening, "seq", 0),
        "at": happening.at.isoformat(),
        "version": getattr(happening, "version", None),
        "real": [each for each in real if each[2] and each not in tried][:2],
        "draft": [each for each in tried if each[2] and each not in real][:2],
        "refused": refused.as_problem() if refused else None,
    }


def what_of(pair: Pair) -> str:
    """The happening's kind in one word."""
    return _WORDS.get(type(pair.happening).__name__, "other")


_WORDS = {
    "SaleMade": "sale", "Signed": "signature", "GoodsBack": "return", "Redeemed": "redemption", "GiftBack": "gift_return",
    "CardHanded": "card",
}  # fmt: skip


def _refused(run: Simulation, outcome: Outcome, pair: Pair) -> SimulationRefusal:
    refused, happening = pair.draft.refused, pair.happening
    assert refused is not None and isinstance(happening, SaleMade | Redeemed), "only these are refused"
    return SimulationRefusal(
        simulation=run,
        programme_id=run.programme_id,
        membership_id=outcome.life.member.membership,
        seq=happening.seq,
        what=what_of(pair),
        code=refused.code,
        clause=refused.clause or "",
        told={"zh": refused.say("zh"), "en": refused.say("en")},
        made=pair.draft.made,
        at=happening.at,
        amount=happening.paid if isinstance(happening, SaleMade) else happening.units,
    )
