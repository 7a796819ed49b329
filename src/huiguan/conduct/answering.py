"""What the member does about a measure: she is heard, appeals, does what is asked; and the house that lifts one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from huiguan.cases import operations as cases
from huiguan.cases.inputs import OpenMatter
from huiguan.conduct import refusals
from huiguan.conduct.deciding import end
from huiguan.conduct.events import MeasureAppealed
from huiguan.conduct.inputs import AppealMeasure, CompleteTask, LiftMeasure, StateCase
from huiguan.conduct.keeping import POWER, announce, measure, settle_member, stands
from huiguan.conduct.models import Measure, Plea, Task
from huiguan.conduct.persons import called
from huiguan.conduct.telling import measure_told
from huiguan.conduct.values import MeasureTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.kinds import measure_taken

_FINAL = Text(zh="章程规定为最终决定", en="the rulebook makes it final")
_BEFORE = Text(zh="已申诉过（{matter}）", en="it was appealed before ({matter})")
_OPEN = Text(zh="还没有决定，或已终止", en="it is not decided yet, or over")


def state_case(*, actor: Actor, at: datetime, given: StateCase, key: str | None = None) -> MeasureTold:
    """What the member says before it is decided; by herself, or taken down by whoever has `conduct`. Refuses
    TakenUnknown, NotProposedNow, HearingOver."""

    def do(row: Measure) -> None:
        if row.state != "proposed":
            raise refusals.NotProposedNow(field="measure", number=row.number)
        ends = list(Measure.objects.filter(programme_id=row.programme_id, proposal=row.proposal).values_list(
            "heard_until", flat=True
        ))  # fmt: skip
        last = max((each for each in ends if each is not None), default=None)
        if last is not None and at >= last:
            zone = programmes.version(row.version).zone
            raise refusals.HearingOver(field="measure", clause=row.clause, until=last.astimezone(zone).isoformat())
        Plea.objects.create(
            programme_id=row.programme_id, proposal=row.proposal, membership_id=row.membership_id, words=given.words,
            at=at, by=actor.reference, by_name=actor.name,
        )  # fmt: skip
        cases.poke(actor=actor, at=at, subject="measure", subject_ref=f"measure:{row.proposal}")

    return _on("state_case", actor, at, given.measure, given, key, do)


def appeal_measure(*, actor: Actor, at: datetime, given: AppealMeasure, key: str | None = None) -> MeasureTold:
    """An appeal against a measure that was decided, once, up to the end of its time; by the member herself, or taken
    down by whoever has `conduct`. Refuses TakenUnknown, NoAppeal, AppealTooLate."""

    def do(row: Measure) -> None:
        rulebook = programmes.version(row.version)
        rule = measure_taken.rule(rulebook.clauses[row.clause])
        _demand_appealable(row, rule, at)
        found = course(programmes.programme_at(actor.programme, at), rule.appeal or "")
        number, name = called(row.programme_id, row.membership_id, [row.staff_id] if row.staff_id else [])
        told: dict[str, Any] = {
            "name": name, "member": number, "words": given.words,
            "measure": measure_taken.called(rulebook, row.measure)["zh"],
        }  # fmt: skip
        form = {key: value for key, value in told.items() if found is not None and found.field(key) is not None}
        opener = system(actor.programme, actor.name) if actor.kind == "member" else actor
        after = row.matter if found is not None and found.terms.follows is not None else None
        opened = cases.open_matter(
            actor=opener, at=at,
            given=OpenMatter(procedure=rule.appeal or "", form=form, subject_ref=f"appeal:{row.number}",
                             follows=after, submit=True),
        )  # fmt: skip
        Measure.objects.filter(pk=row.pk).update(appeal=opened.number)
        row.refresh_from_db()
        if rule.waits and row.state == "decided" and stands(row, at):
            row.until = at
            row.save(update_fields=["until"])
            settle_member(actor, row.membership_id, at, row)
        said = MeasureAppealed(
            membership=row.membership_id, reference=row.number, at=at, clause=row.clause, measure=row.measure,
            matter=row.appeal,
        )  # fmt: skip
        announce(actor, at, said)

    return _on("appeal_measure", actor, at, given.measure, given, key, do)


def _demand_appealable(row: Measure, rule: measure_taken.Parameters, at: datetime) -> None:
    why = None
    if rule.appeal is None or (row.appeal_until is None and row.state == "decided"):
        why = _FINAL
    elif row.state != "decided":
        why = _OPEN
    elif row.appeal:
        why = Text(**_BEFORE.both(matter=row.appeal))
    if why is not None:
        raise refusals.NoAppeal(field="measure", clause=row.clause, number=row.number, why=why)
    assert row.appeal_until is not None, "a measure that may be appealed says until when"
    if at >= row.appeal_until:
        zone = programmes.version(row.version).zone
        raise refusals.AppealTooLate(
            field="measure", clause=row.clause, until=row.appeal_until.astimezone(zone).isoformat()
        )


def lift_measure(*, actor: Actor, at: datetime, given: LiftMeasure, key: str | None = None) -> MeasureTold:
    """A measure that stands is taken back from now on. Takes `conduct` and `suspend`. Refuses TakenUnknown, NotStanding."""
    actor.demand(POWER)
    actor.demand("suspend")

    def do(row: Measure) -> None:
        if row.state != "decided" or not stands(row, at):
            raise refusals.NotStanding(field="measure", number=row.number)
        end(actor, row, at, "lifted", given.reason)
        settle_member(actor, row.membership_id, at, row)

    return _on("lift_measure", actor, at, given.measure, given, key, do)


def complete_task(*, actor: Actor, at: datetime, given: CompleteTask, key: str | None = None) -> MeasureTold:
    """What a measure asked for is done, as somebody with `conduct` saw. Refuses TakenUnknown, TaskUnknown."""
    actor.demand(POWER)

    def do(row: Measure) -> None:
        task = Task.objects.select_for_update().filter(measure=row, pk=given.task, done_at=None).first()
        if task is None:
            raise refusals.TaskUnknown(field="task", number=row.number)
        task.done_at, task.done_by, task.note = at, actor.reference, given.note
        task.save(update_fields=["done_at", "done_by", "note"])

    return _on("complete_task", actor, at, given.measure, given, key, do)


def _on(
    operation: str,
    actor: Actor,
    at: datetime,
    number: str,
    given: BaseModel,
    key: str | None,
    do: Callable[[Measure], None],
) -> MeasureTold:
    """One deed on one measure, locked; by the member herself or with the power."""
    if actor.kind != "member":
        actor.demand(POWER)

    def done() -> MeasureTold:
        row = measure(actor, number, lock=True)
        do(row)
        row.refresh_from_db()
        return measure_told(actor, row, at)

    return perform(
        operation, actor=actor, at=at, subject=f"measure:{number}", given=given, key=key, returns=MeasureTold, do=done
    )
