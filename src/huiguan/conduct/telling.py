"""Rows as values."""

from __future__ import annotations

from datetime import datetime

from huiguan.conduct.keeping import POWER, stands
from huiguan.conduct.models import Breach, Measure, Plea, Task
from huiguan.conduct.persons import Broke, called, called_in
from huiguan.conduct.values import BreachTold, MeasureTold, PleaTold, TaskTold
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import duty, measure_taken
from huiguan.rules.kinds.duty import Bound


def bound(actor: Actor, broke: Broke, at: datetime) -> Bound:
    """Whoever is said to have broken a duty, as it asks about her."""
    if broke.membership is None:
        return Bound(called(actor.programme, None, broke.staff)[1], staff=True)
    return bound_member(actor.programme, broke.membership, at)


def bound_member(programme: int, membership: int, at: datetime) -> Bound:
    """A member with her sort and the bodies she has a seat in."""
    number, name = called(programme, membership, ())
    seats = frozenset(held.body for held in identity.seats_held_by(programme, membership, at))
    return Bound(name or number, members.standing_why_of(programme, membership, at).type, seats)


def breach_told(actor: Actor, row: Breach) -> BreachTold:
    """A breach, with what is proposed for it."""
    rulebook = programmes.version(row.version)
    number, name = called_in(row)
    clause = duty.duties(rulebook).get(row.duty)
    proposes: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()
    if clause is not None and row.state in ("open", "proposed"):
        earlier = Breach.objects.filter(duty=row.duty, state="found", seq__lt=row.seq, programme_id=row.programme_id)
        mine = {"staff__overlap": row.staff} if row.membership_id is None else {"membership_id": row.membership_id}
        earlier = earlier.filter(**mine)
        said = duty.propose(rulebook, clause, list(earlier.values_list("happened_on", flat=True)), row.happened_on)
        proposes, why = said.measures, (said.reason,)
    return BreachTold(
        number=row.number, member=number if row.membership_id else "", name=name, duty=row.duty,
        title=duty.rule(clause).called.both() if clause is not None else {"zh": row.duty, "en": row.duty},
        clause=row.clause, on=row.happened_on, words=row.words, person=row.person, amount=row.amount,
        evidence=tuple(row.evidence), state=row.state, reason=row.reason, reported_at=row.reported_at,
        reported_by=row.reported_by_name, proposes=proposes, why=why, says=_missed(row),
        staff=tuple(number.split("、")) if row.membership_id is None else (), sale=row.sale,
    )  # fmt: skip


def _missed(row: Breach) -> tuple[Reason, ...]:
    """What was owed and missed, in words."""
    return (Reason(row.told["clause"], row.told["say"], False, row.told["values"]),) if row.told else ()


def measure_told(actor: Actor, row: Measure, at: datetime) -> MeasureTold:
    """A measure whole, as it stands at `at`."""
    rulebook = programmes.version(row.version)
    of_staff = row.membership_id is None
    number, name = called(row.programme_id, row.membership_id, [row.staff_id] if row.staff_id else [])
    clause = rulebook.clauses[row.clause]
    _, says = measure_taken.decided(clause, row.since or at, rulebook.zone)
    if row.fine is not None:
        told = {"called": measure_taken.rule(clause).called.both(), "amount": row.fine}
        says = (*says, Reason(row.clause, "fined", False, told))
    pleas = Plea.objects.filter(programme_id=row.programme_id, proposal=row.proposal).order_by("pk")
    tasks = Task.objects.filter(measure=row).order_by("pk")
    return MeasureTold(
        number=row.number, member="" if of_staff else number, staff=number if of_staff else "", charge=row.charge,
        name=name, measure=row.measure,
        title=dict(measure_taken.called(rulebook, row.measure)), clause=row.clause, state=row.state,
        stands=stands(row, at), breaches=tuple(row.breaches), matter=row.matter, appeal=row.appeal, words=row.words,
        fine=row.fine, demerits=row.demerits, proposed_at=row.proposed_at, heard_until=row.heard_until,
        decided_at=row.decided_at, appeal_until=row.appeal_until, since=row.since, until=row.until,
        ended_at=row.ended_at, ended_why=row.ended_why,
        tasks=tuple(
            TaskTold(t.pk, t.what, t.person, t.due_at, t.done_at, t.note, t.done_at is None and t.due_at <= at)
            for t in tasks
        ),
        pleas=tuple(PleaTold(plea.words, plea.at, plea.by_name) for plea in pleas),
        says=tuple(says), may=_may(actor, row, at),
    )  # fmt: skip


def _may(actor: Actor, row: Measure, at: datetime) -> tuple[str, ...]:
    hers = actor.kind == "member" or actor.may(POWER)
    found = []
    if row.state == "proposed" and hers and (row.heard_until is None or at < row.heard_until):
        found.append("state_case")
    if row.state == "decided" and hers and not row.appeal and row.appeal_until is not None and at < row.appeal_until:
        found.append("appeal")
    if row.state == "decided" and stands(row, at) and actor.may(POWER) and actor.may("suspend"):
        found.append("lift")
    return tuple(found)
