"""Measures proposed: the matter that decides them is opened, and what acts at once acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import product
from typing import Any

from huiguan.calendar import queries as calendar
from huiguan.cases import operations as cases
from huiguan.cases.inputs import OpenMatter
from huiguan.conduct import refusals
from huiguan.conduct.events import MeasureProposed
from huiguan.conduct.inputs import ProposeMeasures
from huiguan.conduct.keeping import POWER, announce, breach, next_number, settle_member
from huiguan.conduct.models import Breach, Measure
from huiguan.conduct.persons import called_in
from huiguan.conduct.reporting import demand
from huiguan.conduct.telling import measure_told
from huiguan.conduct.values import MeasureTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.findings import suggestion
from huiguan.rules.in_forms import BETWEEN
from huiguan.rules.kinds import duty, measure_taken
from huiguan.rules.parameters import Length
from huiguan.rules.programme import Clause, Programme


def propose_measures(
    *, actor: Actor, at: datetime, given: ProposeMeasures, key: str | None = None
) -> tuple[MeasureTold, ...]:
    """Measures for breaches of one member: the procedure of the gravest decides all of them. What is to act at once acts
    from now on. Takes `conduct`.

    Refuses BreachUnknown, BreachSettled, SeveralMembers, MeasureUnknown, MeasureNotAdmitted, TooFewBreaches,
    NobodyDecides, and what opening the matter refuses.
    """
    actor.demand(POWER)

    def do() -> tuple[MeasureTold, ...]:
        rulebook = programmes.programme_at(actor.programme, at)
        broken = breaches_of(actor, given.breaches, lock=True)
        clauses = admitted(rulebook, broken, given.measures)
        procedure = decided_by(rulebook, clauses)
        rows = _rows(actor, at, rulebook, broken, clauses, given.words)
        Breach.objects.filter(pk__in=[each.pk for each in broken]).update(state="proposed")
        opened = cases.open_matter(actor=actor, at=at, given=_matter(actor, rulebook, procedure, rows, broken, given))
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(matter=opened.number)
        for row in rows:
            row.refresh_from_db()
            told = MeasureProposed(
                membership=row.membership_id, reference=row.number, at=at, clause=row.clause, measure=row.measure,
                matter=row.matter,
            )  # fmt: skip
            announce(actor, at, told)
        if any(row.since is not None for row in rows):
            settle_member(actor, rows[0].membership_id, at, rows[0])
        return tuple(measure_told(actor, row, at) for row in rows)

    return perform(
        "propose_measures", actor=actor, at=at, subject=f"breach:{given.breaches[0]}", given=given, key=key,
        returns=tuple[MeasureTold, ...], do=do,
    )  # fmt: skip


def breaches_of(actor: Actor, numbers: Sequence[str], *, lock: bool = False) -> list[Breach]:
    """The breaches named, of one member and none of them dealt with."""
    rows = [breach(actor, number, field="breaches", lock=lock) for number in sorted(set(numbers))]
    for row in rows:
        if row.state != "open":
            raise refusals.BreachSettled(field="breaches", number=row.number)
    if len({(row.membership_id, tuple(row.staff)) for row in rows}) > 1:
        raise refusals.SeveralMembers(field="breaches")
    return rows


def admitted(rulebook: Programme, broken: Sequence[Breach], names: Sequence[str]) -> list[Clause]:
    """The measures named, each of which may follow one of the breaches."""
    known, duties = measure_taken.measures(rulebook), duty.duties(rulebook)
    for code in dict.fromkeys(row.duty for row in broken):
        if code in duties:
            demand(duty.enough(duties[code], sum(1 for row in broken if row.duty == code)))
    found = []
    for name in dict.fromkeys(names):
        if name not in known:
            raise refusals.MeasureUnknown(field="measures", given=name, near=suggestion(name, known))
        verdicts = [duty.admits(rulebook, duties[row.duty], name) for row in broken if row.duty in duties]
        if verdicts and all(verdict.effects for verdict in verdicts):
            demand(verdicts[0])
        found.append(known[name])
    return found


def decided_by(rulebook: Programme, clauses: Sequence[Clause]) -> str:
    """The procedure that decides: that of the gravest measure."""
    gravest = max(clauses, key=lambda clause: measure_taken.rule(clause).level)
    name = measure_taken.rule(gravest).procedure
    if name is None or course(rulebook, name) is None:
        title = measure_taken.rule(gravest).called
        raise refusals.NobodyDecides(field="measures", clause=gravest.id, measure=title)
    return name


def _rows(
    actor: Actor, at: datetime, rulebook: Programme, broken: Sequence[Breach], clauses: Sequence[Clause], words: str
) -> list[Measure]:
    rows: list[Measure] = []
    amounts = [row.amount for row in broken if row.amount is not None]
    amount = sum(amounts) if amounts else None
    length_over = partial(moment_after, actor.programme, rulebook, at)
    people: list[int | None] = list(broken[0].staff) or [None]
    for clause, staff in product(clauses, people):
        rule = measure_taken.rule(clause)
        seq, number = next_number(actor.programme, "P")
        rows.append(
            Measure.objects.create(
                programme_id=actor.programme, seq=seq, number=number, proposal=rows[0].proposal if rows else number,
                membership_id=broken[0].membership_id, staff_id=staff, measure=rule.measure, clause=clause.id,
                version=rulebook.version, breaches=[row.number for row in broken], words=words,
                fine=measure_taken.fine(clause, amount), demerits=rule.demerits or 0, proposed_at=at,
                heard_until=length_over(rule.heard), since=at if rule.at_once else None,
                proposed_by=actor.reference, proposed_by_name=actor.name,
            )
        )  # fmt: skip
    return rows


def moment_after(programme: int, rulebook: Programme, at: datetime, length: Length | None) -> datetime | None:
    """When a length from `at` is over, by the house's calendar."""
    if length is None:
        return None
    return calendar.lasting(calendar.workdays(programme), at, length.count, length.unit, rulebook.zone).at


def _matter(
    actor: Actor,
    rulebook: Programme,
    procedure: str,
    rows: Sequence[Measure],
    broken: Sequence[Breach],
    given: ProposeMeasures,
) -> OpenMatter:
    """What the deciders read: of the answers known here those the procedure's form asks for."""
    found = course(rulebook, procedure)
    assert found is not None, "it was looked up before"
    number, name = called_in(broken[0])
    told = {
        "name": name,
        "member": number,
        "breaches": "、".join(row.number for row in broken),
        "measures": BETWEEN.join(dict.fromkeys(measure_taken.called(rulebook, row.measure)["zh"] for row in rows)),
        "words": given.words,
    }
    form: dict[str, Any] = {key: value for key, value in told.items() if found.field(key) is not None}
    return OpenMatter(procedure=procedure, form=form, subject_ref=f"measure:{rows[0].proposal}", submit=True)
