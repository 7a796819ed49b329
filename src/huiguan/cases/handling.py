"""One matter in hand: what happened to it is asked of the procedure, and what follows is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection

from huiguan.cases import clocks, demands, dossiers, forms, letters, noticing
from huiguan.cases.applying import apply
from huiguan.cases.holding import Handling, handling, known, note, save
from huiguan.cases.models import Decision, Matter, Task
from huiguan.cases.refusals import MatterUnknown
from huiguan.cases.subjects import supplied
from huiguan.cases.values import Check, Unmet
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.rules import moving
from huiguan.rules.courses import Leg
from huiguan.rules.effects import Decision as Decided
from huiguan.rules.effects import MoveMatter
from huiguan.rules.moving import OPEN, RETURNED, Happening, MatterFacts, Standing

_ITSELF = frozenset({"check", "settle"})


def in_hand(actor: Actor, at: datetime, number: str, *, ending: bool = False) -> Handling:
    """The matter of this number, locked, with everything that fell due before `at` written down. MatterUnknown. Where the
    room that owns it refuses what fell due, so does this; but `ending` it is possible all the same."""
    row = Matter.objects.select_for_update(of=("self",)).filter(programme_id=actor.programme, number=number).first()
    if row is None:
        raise MatterUnknown(field="matter", matter=number)
    held = handling(actor, at, row)
    try:
        in_transaction(partial(catch_up, held))
    except Refusal as refusal:
        if not ending:
            raise
        row.refresh_from_db()
        held = handling(actor, at, row)
        held.stuck = refusal
    return held


def happen(held: Handling, happening: Happening) -> bool:
    """Ask the procedure what follows and write it down; whether anything did. Stages of the house itself go on at once."""
    row = held.row
    decided = moving.step(held.course, Standing(row.state, row.stage), happening, facts(held, happening))
    if decided == Decided():
        _look_again(held)
        return False
    apply(held, decided)
    leg = held.leg
    if _moved(decided) and row.state == OPEN and leg is not None and leg.stage.does in _ITSELF:
        happen(held, Happening("looked"))
    return True


def _look_again(held: Handling) -> None:
    """Note when the house looks again at a stage it settles itself: once something in its way is over by itself."""
    row, leg = held.row, held.leg
    if leg is None or row.state != OPEN or leg.stage.does != "settle":
        return
    moments = [each.until for each in unmet(held, leg) if each.until is not None and each.until > held.at]
    if row.looks_at != min(moments, default=None):
        row.looks_at = min(moments, default=None)
        save(held)


def _moved(decided: Decided) -> bool:
    return any(isinstance(effect, MoveMatter) for effect in decided.effects)


def facts(held: Handling, happening: Happening) -> MatterFacts:
    """What the procedure asks of the matter for this happening."""
    row, leg = held.row, held.leg
    form = forms.answers_of(row)
    known_now = MatterFacts(form=form, full=full(held, form))
    if leg is None or row.state != OPEN:
        return known_now
    if happening.what == "decided":
        passes, awaited = signatures(row)
        return replace(known_now, passes=passes, awaited=awaited)
    running = noticing.running(row)
    return replace(
        known_now,
        unmet=leg.stage.does == "settle" and bool(unmet(held, leg)),
        failed=leg.stage.does == "check" and any(not each.passed and not each.conflict for each in checks(held)),
        objected=running is not None and noticing.unanswered(running),
        over=running is not None and running.ends_at <= held.at,
    )


def checks(held: Handling) -> tuple[Check, ...]:
    """Everything the house looks at by itself: the form's demands, what the owning room checks, matters alike."""
    row, form = held.row, forms.answers_of(held.row)
    day = local_day(row.submitted_at or held.at, held.rulebook.zone)
    return (*demands.looked_at(held.course, form, day), *held.subject.checks(known(held), at=held.at))


def unmet(held: Handling, leg: Leg) -> tuple[Unmet, ...]:
    """What still stands in the way of a stage's end."""
    needs = tuple(leg.stage.needs)
    matter = known(held)
    supplied_for = (each for supply in supplied() for each in supply.unmet(matter, needs, at=held.at)) if needs else ()
    return (
        *dossiers.unmet(held, leg),
        *held.subject.unmet(matter, leg.stage.stage, needs, at=held.at),
        *supplied_for,
    )


def signatures(row: Matter) -> tuple[int, int]:
    """How many passed the stage since it was entered, and how many added signers are awaited."""
    given = Decision.objects.filter(matter=row, stage=row.stage, verdict="pass", at__gte=row.entered_at)
    own = given.exclude(capacity__startswith="signer:").values("by").distinct().count()
    return own, Task.objects.filter(matter=row, stage=row.stage, why="sign", done_at=None).count()


def full(held: Handling, form: Mapping[str, Any]) -> Mapping[str, object] | None:
    """The quota that is taken, as its sentence says it; None where there is room."""
    row = held.row
    if held.course.terms.quota:
        _one_at_a_time(row)
    for quota in held.course.terms.quota:
        answer = str(form.get(quota.by, ""))
        named = {each.answer for each in held.course.terms.quota if each.by == quota.by}
        if quota.answer != answer and (quota.answer is not None or answer in named):
            continue
        passed = Matter.objects.filter(programme_id=row.programme_id, procedure=row.procedure, state="passed")
        if passed.filter(**{f"form__{quota.by}": answer}).count() >= quota.places:
            field = held.course.field(quota.by)
            title = {"zh": field.title.zh, "en": field.title.en} if field else quota.by
            return {"title": title, "answer": answer, "most": quota.places}
    return None


def _one_at_a_time(row: Matter) -> None:
    """Whoever counts the places of a procedure waits for whoever is about to take one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))", [f"places|{row.programme_id}|{row.procedure}"]
        )


def catch_up(held: Handling) -> None:
    """Write down what fell due up to the matter's moment, each at its own."""
    actor, until = held.actor, held.at
    held.actor = system(held.row.programme_id, "nightly")
    if dossiers.start_clock(held):
        save(held)
    while (moment := _next_due(held.row, until)) is not None:
        held.at = moment
        before = held.row.revision
        _fall_due(held, moment)
        if held.row.revision == before:
            break
    held.actor, held.at = actor, until


def _next_due(row: Matter, until: datetime) -> datetime | None:
    """The next moment at which something falls due by itself."""
    if row.state not in (OPEN, RETURNED):
        return None
    moments = (row.warn_at, row.looks_at, row.due_at if row.overdue_at is None else None)
    return min((each for each in moments if each is not None and each <= until), default=None)


def _fall_due(held: Handling, moment: datetime) -> None:
    row = held.row
    if row.looks_at is not None and row.looks_at <= moment:
        row.looks_at = None
        if not happen(held, Happening("looked")):
            save(held)
        return
    if row.warn_at is not None and row.warn_at <= moment and (row.due_at is None or moment < row.due_at):
        row.warn_at = None
        note(held, "warned", stage=row.stage, inner=True)
        if row.ball == "applicant":
            letters.remind(held)
        save(held)
        return
    row.warn_at = None
    state, stage = row.state, row.stage
    if happen(held, Happening("ran_out")) and (row.state, row.stage) == (state, stage):
        row.overdue_at = moment
        save(held)


def extended_until(held: Handling, leg: Leg) -> datetime | None:
    """The end of the stage's clock if it were extended by its own length; None where it has none."""
    end, length = held.row.due_at, leg.stage.within
    if end is None or length is None:
        return None
    return clocks.due(held.days, end - timedelta(microseconds=1), length.count, length.unit).at
