"""A procedure drawn from its clauses: its stages in order, who takes each, how long, what lateness and a return mean."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.cases import queries
from huiguan.console.acting import Acting, clause_ref
from huiguan.console.matters.pages import CourseRow
from huiguan.design.wording import length_told
from huiguan.kernel.text import Text
from huiguan.rules.courses import Course, Leg, course
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.sentences.words import said

_LATE = Text(zh="逾期{what}", en="late: {what}")
_ONLY = Text(zh="仅当{title}为“{answer}”", en="only where {title} is “{answer}”")
_MORE = Text(zh="{n} 人同意", en="{n} must agree")


def drawn(now: Acting, rulebook: Programme, clause: Clause) -> Sequence[CourseRow]:
    """The course of the procedure a clause is part of; the clause's own stages stand out. () for any other clause."""
    if clause.kind != "procedure" or clause.waits_for is not None:
        return ()
    found = course(rulebook, clause.parameters.name)  # type: ignore[attr-defined]
    if found is None:
        return ()
    takers = {each.stage: each.by for each in queries.takers(now.actor, found)}
    return [_row(now, found, leg, takers[leg.stage.stage], clause) for leg in found.legs]


def _row(now: Acting, found: Course, leg: Leg, by: Text, clause: Clause) -> CourseRow:
    own = "now" if leg.clause == clause.id else "ahead"
    within = str(leg.stage.within or "")
    return CourseRow(
        leg.title, by, length_told(within), own, clause_ref(now, leg.clause), said("does", leg.stage.does),
        tuple(_notes(found, leg)),
    )  # fmt: skip


def _notes(found: Course, leg: Leg) -> list[Text]:
    stage, notes = leg.stage, []
    if stage.when is not None:
        field = found.field(stage.when.field)
        title = Text(zh=field.title.zh, en=field.title.en) if field else Text(zh="", en="")
        choices = {each.value: Text(zh=each.title.zh, en=each.title.en) for each in field.choices} if field else {}
        answer = choices.get(stage.when.answer, Text(zh=stage.when.answer, en=stage.when.answer))
        notes.append(Text(**_ONLY.both(title=title, answer=answer)))
    if stage.signers > 1:
        notes.append(Text(**_MORE.both(n=stage.signers)))
    if stage.within is not None and stage.does != "notice":
        notes.append(Text(**_LATE.both(what=said("late", stage.late))))
    if stage.does == "notice":
        notes.append(Text(zh=f"有异议{said('objections', stage.objections).zh}", en="objections " + said("objections", stage.objections).en))  # fmt: skip
    return notes
