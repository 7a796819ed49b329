"""One matter in hand, under the rulebook it was opened under; and the line of what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.calendar import queries as calendar
from huiguan.cases import forms
from huiguan.cases.clocks import Days
from huiguan.cases.models import Matter, Step
from huiguan.cases.refusals import ProcedureUnknown, SubjectUnknown
from huiguan.cases.subjects import Subject, subject_named
from huiguan.cases.values import APPLICANT, KnownMatter
from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.programme import queries as programmes
from huiguan.rules.courses import Course, Leg, course
from huiguan.rules.effects import Reason
from huiguan.rules.programme import Programme

LINKED = ("id", "subject_ref", "party_id", "membership_id")


@dataclass(slots=True)
class Handling:
    """A matter that is locked, under the rulebook it was opened under. `at` is the moment of what happens to it."""

    row: Matter
    rulebook: Programme
    course: Course
    subject: Subject
    days: Days
    actor: Actor
    at: datetime
    stuck: Refusal | None = None  # why what fell due could not be written down

    @property
    def leg(self) -> Leg | None:
        return self.course.leg(self.row.stage)


def handling(actor: Actor, at: datetime, row: Matter) -> Handling:
    """A matter's row with its rulebook and course."""
    rulebook = programmes.version(row.version)
    found = course(rulebook, row.procedure)
    if found is None:
        raise ProcedureUnknown(field="procedure", procedure=row.procedure)
    subject = subject_named(row.subject)
    if subject is None:
        raise SubjectUnknown(field="procedure", subject=row.subject)
    return Handling(row, rulebook, found, subject, days_of(row.programme_id, rulebook), actor, at)


def days_of(programme: int, rulebook: Programme) -> Days:
    """The calendar a programme's clocks run by."""
    return Days(rulebook.zone, calendar.workdays(programme))


def known(held: Handling) -> KnownMatter:
    """The matter as the room that owns its subject sees it."""
    row, leg = held.row, held.leg
    return KnownMatter(
        id=row.pk, programme=row.programme_id, number=row.number, procedure=row.procedure, version=row.version,
        subject=row.subject, subject_ref=row.subject_ref, party=row.party_id, membership=row.membership_id,
        shop=row.shop_id, name=row.name, form=forms.answers_of(row), state=row.state, stage=row.stage,
        opened_at=row.opened_at, submitted_at=row.submitted_at, clause=leg.clause if leg else held.course.head.id,
        follows=row.follows_id,
    )  # fmt: skip


def note(
    held: Handling, what: str, *, stage: str = "", reason: Reason | None = None, inner: bool = False, **values: Any
) -> None:
    """One line more in what happened to the matter."""
    row = held.row
    last = Step.objects.filter(matter=row).order_by("-n").values_list("n", flat=True).first() or 0
    Step.objects.create(
        programme_id=row.programme_id, matter=row, n=last + 1, what=what, stage=stage, inner=inner, at=held.at,
        clause=reason.clause if reason else "", say=reason.say if reason else "",
        values=dict(reason.values) if reason else values, by=held.actor.reference,
        # A line is never edited: her name is no part of it, so that it can be forgotten.
        by_name=APPLICANT if held.actor.kind == "applicant" else held.actor.name,
    )  # fmt: skip


def save(held: Handling) -> None:
    """The row as it stands now, one revision on. What the matter is about is the owning room's to say (`link_matter`):
    it is read, not written."""
    held.row.revision += 1
    held.row.save(update_fields=[each.attname for each in Matter._meta.concrete_fields if each.attname not in LINKED])
    held.row.refresh_from_db(fields=LINKED[1:])


def announce(held: Handling, event: type[Any], **values: Any) -> None:
    row, leg = held.row, held.leg
    made = event(
        membership=row.membership_id, shop=row.shop_id, reference=row.number, at=held.at,
        clause=leg.clause if leg else held.course.head.id, procedure=row.procedure, **values,
    )  # fmt: skip
    tell(row.programme_id, [made], held.at)
