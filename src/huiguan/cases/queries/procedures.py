"""The procedures of the rulebook in force, for those who open matters and for those who read the rulebook."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.cases.deciders import told_by
from huiguan.cases.refusals import ProcedureUnknown
from huiguan.cases.values import ProcedureTold, StageTold
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.programme import queries as programmes
from huiguan.rules.calling import call_at, taken_on
from huiguan.rules.courses import Course, courses


def procedures(actor: Actor, at: datetime) -> tuple[ProcedureTold, ...]:
    """The procedures of the rulebook in force at `at`, in the order of the file. For anybody."""
    rulebook = programmes.ruling_at(actor.programme, at)
    if rulebook is None:
        return ()
    return tuple(_told(actor, each, local_day(at, rulebook.zone)) for each in courses(rulebook).values())


def has_procedures(actor: Actor, at: datetime) -> bool:
    """Whether the rulebook in force has any procedure: where it has none, no page of them is offered."""
    rulebook = programmes.ruling_at(actor.programme, at)
    return rulebook is not None and bool(rulebook.of("procedure"))


def procedure(actor: Actor, name: str, at: datetime) -> ProcedureTold:
    """One of them. ProcedureUnknown."""
    found = next((each for each in procedures(actor, at) if each.name == name), None)
    if found is None:
        raise ProcedureUnknown(field="procedure", procedure=name)
    return found


def takers(actor: Actor, found: Course) -> tuple[StageTold, ...]:
    """The stages of a course, also of a version that is not in force, and who takes each."""
    return tuple(
        StageTold(
            leg.stage.stage, leg.clause, leg.title, leg.stage.does, told_by(actor.programme, found, leg), "ahead",
            str(leg.stage.within or ""),
        )
        for leg in found.legs
    )  # fmt: skip


def _told(actor: Actor, found: Course, today: date) -> ProcedureTold:
    since, until = call_at(found.terms.calls, today) or (None, None)
    return ProcedureTold(
        name=found.name, title=found.title, clause=found.head.id, subject=found.terms.of or "",
        opened_by=tuple(found.terms.opened_by), stages=takers(actor, found), fields=tuple(field for _, field in found.fields),
        called_from=since, called_until=until, taken=taken_on(found.terms.calls, today),
    )  # fmt: skip
