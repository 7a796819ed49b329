"""What the applicant reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from huiguan.cases import clocks, codes, forms, letters, viewing
from huiguan.cases.handling import facts
from huiguan.cases.holding import Handling, handling
from huiguan.cases.models import Decision, Matter
from huiguan.cases.opening import fills
from huiguan.cases.queries.reading import found
from huiguan.cases.refusals import MatterUnknown
from huiguan.cases.resuming import applicant_of
from huiguan.cases.values import DRAFT, OPEN, RETURNED, STATES, ApplicantStatus, Letter, LetterToCarry, LetterTold
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.moving import Happening, Standing, step

_FILL = Text(zh="请填好并提交。", en="Fill it in and hand it in.")
_CORRECT = Text(zh="请按意见补正后再次提交。", en="Correct it as asked and hand it in again.")
_YOURS = Text(zh="请办理“{stage}”。", en="Please do “{stage}”.")
_OURS = Text(zh="“{stage}”由{by}办理。", en="“{stage}” is with {by}.")
_SAVED_BY_GUESTS = """
SELECT id FROM cases_matter
WHERE programme_id = %s AND state = %s AND membership_id IS NULL AND submitted_at IS NULL AND opened_by = 'applicant:0'
"""
_OVER = Text(zh="{state}。", en="It is {state}.")


def status_for_applicant(actor: Actor, number: str, at: datetime) -> ApplicantStatus:
    """Where a matter stands, what happens next and by when. For whose it is, and for staff with `matters`.
    MatterUnknown."""

    def ask() -> ApplicantStatus:
        held = found(actor, number, at)
        row, leg = held.row, held.leg
        if not fills(actor, row):
            raise MatterUnknown(field="matter", matter=number)
        shut = codes.shut_for(actor, row)
        return ApplicantStatus(
            number=row.number, title=held.course.title, state=row.state, stage=leg.title if leg else STATES[row.state],
            ball=row.ball, due_at=row.due_at, next=_next(held), reason=_reason(held), stages=viewing.stages(held),
            steps=viewing.steps(held, inner=False), form=forms.told(row, held.course, shut=shut),
            hidden=("house" if row.house_address else "own") if shut else "", membership=row.membership_id,
            provisional=row.provisional, counted_in=_counted_in(held), left=_left(held),
            opened_at=row.opened_at, ended_at=row.ended_at,
        )  # fmt: skip

    return viewing.true_at(actor.programme, at, ask)


def applicant_acting(programme: int, number: str) -> Actor:
    """The applicant of one matter as she acts, for entrances that know already that it is she. MatterUnknown."""
    row = _row(programme, number)
    if row is None:
        raise MatterUnknown(field="matter", matter=number)
    return applicant_of(row)


def matters_of(membership: int) -> tuple[int, ...]:
    """The keys of the matters of a membership. For rooms above."""
    return tuple(Matter.objects.filter(membership_id=membership).values_list("pk", flat=True))


def stale_drafts(programme: int, until: datetime) -> tuple[str, ...]:
    """What guests saved and never handed in, untouched for as many days as its procedure keeps it: their numbers."""
    saved = [key for (key,) in hot_rows(_SAVED_BY_GUESTS, [programme, DRAFT])]
    if not saved:
        return ()
    rows = Matter.objects.filter(pk__in=saved)
    return tuple(row.number for row in rows.order_by("seq") if _draft_ends(row) <= until)


def drafts_left(matters: Collection[int]) -> int:
    """How many of these matters, by key, are saved and not handed in."""
    return Matter.objects.filter(pk__in=matters, state=DRAFT).count()


def _draft_ends(row: Matter) -> datetime:
    found = course(programmes.version(row.version), row.procedure)
    return (row.saved_at or row.opened_at) + timedelta(days=found.terms.draft_days if found is not None else 0)


def letter_for(actor: Actor, number: str, at: datetime, *, verdict: str, reason: str) -> Letter | None:
    """Exactly what the applicant would receive after this verdict; None where she is told nothing. MatterUnknown."""

    def ask() -> Letter | None:
        held = found(actor, number, at)
        row, leg = held.row, held.leg
        if leg is None or row.state != OPEN or verdict not in ("pass", "return", "refuse"):
            return None
        happening = Happening("decided", verdict)
        now = facts(held, happening)
        decided = step(held.course, Standing(row.state, row.stage), happening, replace(now, passes=now.passes + 1))
        drafts = letters.drafted(held, row.state, leg, decided, lambda: Text(zh=reason, en=reason))
        return next((said for _, said in drafts), None)

    return viewing.true_at(actor.programme, at, ask)


def letters_of(actor: Actor, number: str, at: datetime) -> tuple[LetterTold, ...]:
    """Every letter the applicant was written, the first first. For whose it is and for whoever may read it.
    MatterUnknown."""
    return viewing.true_at(actor.programme, at, lambda: letters.letters(found(actor, number, at)))


def letter_to_carry(programme: int, number: str, n: int) -> LetterToCarry | None:
    """A letter with whom it is for, in clear; None where there is none. For the room that carries letters."""
    said, row = letters.letter_written(programme, number, n), _row(programme, number)
    if said is None or row is None:
        return None
    held = handling(system(programme), said.at, row)
    named = forms.addresses(row, held.course)
    return LetterToCarry(said, row.number, held.course.title, row.name, named.get("phone"), named.get("email"))


def _row(programme: int, number: str) -> Matter | None:
    return Matter.objects.filter(programme_id=programme, number=number).first()


def _next(held: Handling) -> Text:
    row, leg = held.row, held.leg
    if row.state == DRAFT:
        return _FILL
    if row.state == RETURNED:
        return _CORRECT
    if row.state != OPEN or leg is None:
        return Text(**_OVER.both(state=STATES[row.state]))
    if leg.ball == "applicant":
        return Text(**_YOURS.both(stage=leg.title))
    by = next(each.by for each in viewing.stages(held) if each.stage == leg.stage.stage)
    return Text(**_OURS.both(stage=leg.title, by=by))


def _counted_in(held: Handling) -> str:
    """The unit in which the time that runs is counted: hour, day, workday, week, month; '' where none runs."""
    leg = held.leg
    back = held.course.terms.answer_within
    length = back if held.row.state == RETURNED else leg.stage.within if leg is not None else None
    return length.unit if length is not None and held.row.due_at is not None else ""


def _left(held: Handling) -> int | None:
    """What is left of it: seconds of hours, workdays, days of anything else."""
    end, unit = held.row.due_at, _counted_in(held)
    return clocks.left(held.days, held.at, end, unit) if end is not None and unit else None


def _reason(held: Handling) -> str:
    """Why it came back or was refused, in the reviewer's words."""
    if held.row.state not in (RETURNED, "refused"):
        return ""
    rows = Decision.objects.filter(matter=held.row, verdict__in=["return", "refuse"]).order_by("-id")
    return rows.values_list("reason", flat=True).first() or ""
