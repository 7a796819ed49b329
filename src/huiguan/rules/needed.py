"""What a stage `needs`: which of its names are papers, signatures, fees, deposits, clearances; and names that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules import dossiers
from huiguan.rules.courses import Course, courses
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import acceptance
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.standing import ACTIVE, APPROVED, PROVISIONAL

# What must be cleared whatever the rulebook says, and what conduct waits for. Fees may bear none of these names.
CLEARANCE, DUES, DEPOSIT, HEARING = "clearance", "dues", "deposit", "hearing"
ALWAYS = frozenset({CLEARANCE, DUES, DEPOSIT, HEARING})
MARK = "mark_"
MARKS = frozenset({"paid_until", "arrears"})
# The subjects that begin with a member, and the standings a stage gives one who was none.
_OF_MEMBERS = frozenset({"exit", "tier", "profile_change", "certificate", "measure", "appeal", "award", "renewal"})
_MAKES = frozenset({APPROVED, PROVISIONAL, ACTIVE, "approved_not_collected"})
_UNKNOWN = Text(
    zh="须备齐的“{name}”不是材料清单、签署、费用、保证金，也不是要了结的事。{near}",
    en="{name} is needed and is no dossier, acceptance, fee or deposit, and nothing to be cleared.{near}",
)
_NO_MEMBER = Text(
    zh="到“{stage}”时还不是会员，无从向其收“{name}”；在这个环节写上 standing。",
    en="Nobody is a member yet at {stage}, so that {name} cannot be charged; the stage says which standing it gives.",
)
_NO_STAGE = Text(zh="没有程序 {procedure} 的环节 {stage}。", en="There is no stage {stage} of a procedure {procedure}.")


@once
def fees(programme: Programme) -> dict[str, Clause]:
    """The fees a stage may need, by name."""
    return {name: each for each in programme.of("fee") if (name := _name(each)) not in ALWAYS | cleared(programme)}


@once
def deposits(programme: Programme) -> dict[str, Clause]:
    """The deposits a stage may need, by name."""
    return {name: each for each in programme.of("deposit") if (name := _name(each)) not in ALWAYS | cleared(programme)}


@once
def cleared(programme: Programme) -> frozenset[str]:
    """What must be cleared before a member leaves, by its sort."""
    return frozenset(each.kind for clause in programme.of("exit") for each in clause.parameters.cleared)  # type: ignore[attr-defined]


def charged_at(programme: Programme, procedure: str, stage: str, needs: tuple[str, ...]) -> list[Clause]:
    """The fees that are charged by themselves when a matter comes to a stage: those it needs, and those that say so."""
    needed = [clause for name, clause in fees(programme).items() if name in needs]
    saying = [each for each in programme.of("fee") if _raised(each) == (procedure, stage)]
    return [*needed, *(each for each in saying if each not in needed)]


def known(programme: Programme) -> set[str]:
    """Every name a stage may need."""
    marks = {f"{MARK}{name}" for name in (*MARKS, *(f"deposit_{each}" for each in deposits(programme)))}
    papers = {*dossiers.names(programme), *acceptance.editions(programme)}
    return {*papers, *fees(programme), *deposits(programme), *cleared(programme), *ALWAYS, *marks}


def findings(programme: Programme) -> Iterator[Finding]:
    """Names that are nothing, fees of somebody who is no member yet, occasions there are not."""
    names = known(programme)
    for course in courses(programme).values():
        member = course.terms.of in _OF_MEMBERS or course.terms.opened_by == ["member"]
        for leg in course.legs:
            clause = programme.clauses[leg.clause]
            member = member or leg.stage.standing in _MAKES
            for name in leg.stage.needs:
                if name not in names:
                    near = suggestion(name, names)
                    yield refused(programme, clause, "unknown_need", "stages", _UNKNOWN, name=name, near=near)
            if not member:
                yield from _unowed(programme, clause, course, leg.stage.stage, tuple(leg.stage.needs))
    for clause in programme.of("fee"):
        raised = _raised(clause)
        if raised is not None and not _has(programme, *raised):
            told = {"procedure": raised[0], "stage": raised[1]}
            yield refused(programme, clause, "unknown_stage", "raised", _NO_STAGE, **told)


def _unowed(
    programme: Programme, clause: Clause, course: Course, stage: str, needs: tuple[str, ...]
) -> Iterator[Finding]:
    if course.terms.of != "membership":
        return
    for fee in charged_at(programme, course.name, stage, needs):
        told = {"stage": stage, "name": _name(fee)}
        yield refused(programme, clause, "no_member_yet", "stages", _NO_MEMBER, **told)


def _has(programme: Programme, procedure: str, stage: str) -> bool:
    course = courses(programme).get(procedure)
    return course is not None and course.leg(stage) is not None


def _raised(clause: Clause) -> tuple[str, str] | None:
    raised: Any = clause.parameters.raised  # type: ignore[attr-defined]
    return (raised.procedure, raised.stage) if raised is not None else None


def _name(clause: Clause) -> str:
    name: str = clause.parameters.name  # type: ignore[attr-defined]
    return name
