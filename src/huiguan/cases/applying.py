"""What the procedure answered, written down: where the matter goes, which clock runs, who owes what."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import clocks, dossiers, letters, noticing
from huiguan.cases.events import MatterEntered, MatterFinished, MatterReturned
from huiguan.cases.holding import LINKED, Handling, announce, known, note, save
from huiguan.cases.models import Notice, Task
from huiguan.cases.subjects import supplied
from huiguan.rules.courses import Leg
from huiguan.rules.effects import Decision, MoveMatter, PostNotice, RaiseTask, SetClock
from huiguan.rules.moving import ENDED, OPEN, RETURNED


def apply(held: Handling, decided: Decision) -> None:
    state, leg = held.row.state, held.leg
    for reason in decided.reasons:
        note(held, reason.say, stage=held.row.stage, reason=reason)
    for effect in decided.effects:
        match effect:
            case MoveMatter():
                _move(held, effect)
            case SetClock():
                _set_clock(held, effect)
            case RaiseTask():
                raise_task(held, effect)
            case PostNotice():
                noticing.post(held.row, held.course, effect, held.at, held.days)
    letters.write(held, state, leg, decided)
    save(held)


def _move(held: Handling, to: MoveMatter) -> None:
    row = held.row
    close_tasks(held)
    leg, corrected = held.leg, row.state == RETURNED and row.stage == to.stage
    if to.state == RETURNED:
        row.clock_left = _left(held, leg)
    elif not corrected:
        row.clock_left = None
    row.extended = row.extended and (corrected or to.state == RETURNED)
    row.state, row.ball = to.state, to.ball
    row.stage, row.entered_at = to.stage, held.at
    row.due_at = row.warn_at = row.overdue_at = row.looks_at = None
    row.provisional = row.awaits_file = False
    if to.state in ENDED:
        _end(held, to)
    elif to.state == RETURNED:
        noticing.take_down(row, held.at)
        announce(held, MatterReturned, stage=to.stage)
    else:
        announce(held, MatterEntered, stage=to.stage)
        held.subject.entered(known(held), to.stage, to.standing, actor=held.actor, at=held.at)
        _ask_for_needs(held)


def _ask_for_needs(held: Handling) -> None:
    """What the stage needs that other rooms ask for (a fee), of whom the matter is about by now."""
    row, leg = held.row, held.leg
    row.refresh_from_db(fields=LINKED[1:])
    for each in supplied():
        needs = tuple(leg.stage.needs) if leg is not None else ()
        each.entered(known(held), row.stage, needs, actor=held.actor, at=held.at)


def _left(held: Handling, leg: Leg | None) -> int | None:
    """What is left of a clock that pauses: one that counts from the complete file begins anew instead."""
    stage, end = (leg.stage if leg else None), held.row.due_at
    if stage is None or stage.within is None or end is None or stage.since != "stage":
        return None
    return clocks.left(held.days, held.at, end, stage.within.unit)


def _end(held: Handling, to: MoveMatter) -> None:
    row = held.row
    row.ended_at, row.clock_left = held.at, None
    noticing.take_down(row, held.at)
    subject = held.subject
    finish = {
        "passed": subject.passed, "refused": subject.refused, "lapsed": subject.lapsed, "withdrawn": subject.withdrawn,
    }[to.state]  # fmt: skip
    finish(known(held), actor=held.actor, at=held.at)
    announce(held, MatterFinished, state=to.state)


def _set_clock(held: Handling, effect: SetClock) -> None:
    row, days, leg = held.row, held.days, held.leg
    row.awaits_file = effect.since == "complete_file" and leg is not None and not dossiers.complete(held, leg)
    if row.awaits_file:
        row.due_at = row.warn_at = None
        return
    if row.clock_left is not None and row.state == OPEN:
        over = clocks.resumed(days, held.at, row.clock_left, effect.unit)
    else:
        over = clocks.due(days, _since(held, effect.since), effect.count, effect.unit)
    row.due_at, row.provisional = over.at, over.provisional
    row.clock_left = row.clock_left if row.state == RETURNED else None
    warn = leg.stage.warn if leg is not None and row.state == OPEN else None
    row.warn_at = clocks.before(days, row.due_at, warn.count, warn.unit) if warn is not None else None


def _since(held: Handling, since: str) -> datetime:
    row = held.row
    if since == "complete_file":
        return dossiers.completed_at(held)
    if since == "posting_day":
        posted = Notice.objects.filter(matter=row).order_by("-posted_at").values_list("posted_at", flat=True).first()
        return posted or held.at
    return held.at


def raise_task(held: Handling, effect: RaiseTask) -> None:
    """Somebody owes the stage from now on; once."""
    owed_by = "post" if effect.post else "body" if effect.body else effect.who
    name = effect.post or effect.body or effect.who
    row = held.row
    why = "overdue" if row.state == OPEN and effect.stage == row.stage and row.due_at == held.at else "decide"
    open_ones = Task.objects.filter(matter=row, stage=effect.stage, owed_by=owed_by, name=name, done_at=None)
    if not open_ones.exclude(why="copy").exists():
        Task.objects.create(
            programme_id=row.programme_id, matter=row, stage=effect.stage, owed_by=owed_by, name=name, why=why,
            opened_at=held.at,
        )  # fmt: skip


def close_tasks(held: Handling) -> None:
    """Nobody owes the stage any more."""
    open_ones = Task.objects.filter(matter=held.row, done_at=None).exclude(why="copy")
    open_ones.update(done_at=held.at, done_by=held.actor.reference)
