"""What a reviewer should know before deciding: other matters with the same credit code or representative, an earlier
refusal, an answer that names the reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from huiguan.cases import forms
from huiguan.cases.deciders import capacity
from huiguan.cases.holding import Handling
from huiguan.cases.models import Matter
from huiguan.cases.recusing import left_out
from huiguan.cases.values import STATES, Check
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.parties.names import person_name
from huiguan.rules.courses import course
from huiguan.rules.listed import rows_of

_ALIKE = Text(
    zh="{field}与 {number} {name}（{title}，{state}）相同。",
    en="{field} is the same as in {number} {name} ({title}, {state}).",
)
_ELSEWHERE = Text(
    zh="{field}与 {number} {name}（{title}，{state}）的{theirs}相同。",
    en="{field} is the same as {theirs} in {number} {name} ({title}, {state}).",
)
_AWAY = Text(
    zh="第 {place} 席 {name} 是当事人，须回避，不参加表决、不计入票数。",
    en="Place {place}, {name}: the matter is about this person, who is left out of the vote and its count.",
)
_NAMED = Text(
    zh="{field}填的 {name} 与本环节的审批人同名，请核实是否本人或亲属、是否须回避。",
    en="{field} names {name}, as who decides this stage is called. Find out whether it is the same person, or kin.",
)


def conflicts(held: Handling) -> tuple[Check, ...]:
    """Who decides is named in the form; other matters with an answer in common, the newest first, but the one this comes
    after."""
    alike = forms.alike(held.row)
    rows = Matter.objects.filter(pk__in=alike, submitted_at__isnull=False).exclude(pk=held.row.follows_id or 0)
    return (*_away(held), *_reviewers(held), *(_told(held, row, alike[row.pk]) for row in rows.order_by("-seq")[:20]))


def _told(held: Handling, row: Matter, pairs: tuple[tuple[str, str], ...]) -> Check:
    other_course = course(held.rulebook, row.procedure)
    mine = [held.course.titled(own) for own in dict.fromkeys(own for own, _ in pairs)]
    other = [held.course.titled(theirs) for own, theirs in pairs if theirs != own]
    text = (_ELSEWHERE if other else _ALIKE).both(
        field=Text(zh="、".join(each.zh for each in mine), en=", ".join(each.en for each in mine)),
        theirs=Text(zh="、".join(each.zh for each in other), en=", ".join(each.en for each in other)),
        number=row.number, name=row.name, title=other_course.title if other_course is not None else row.procedure,
        state=STATES[row.state],
    )  # fmt: skip
    return Check("", row.state != "refused", Text(**text), conflict=True)


def _away(held: Handling) -> Iterator[Check]:
    """Who sits in the body that decides the stage and is left out, as the matter is about her."""
    leg = held.leg
    body = leg.stage.by.body if leg is not None and leg.stage.by is not None else None
    for seat in left_out(held, body) if body else ():
        yield Check("", True, Text(**_AWAY.both(name=seat.name, place=seat.place)), conflict=True)


def _reviewers(held: Handling) -> Iterator[Check]:
    """The form's answers that are the name of who decides the stage: the asking reviewer, whoever has a seat in its body."""
    names = _deciding(held)
    for path, answer in _texts(held) if names else ():
        if person_name(answer) in names:
            told = _NAMED.both(field=held.course.titled(path), name=person_name(answer))
            yield Check("", True, Text(**told), conflict=True)


def _deciding(held: Handling) -> frozenset[str]:
    row, leg = held.row, held.leg
    body = leg.stage.by.body if leg is not None and leg.stage.by is not None else None
    seated = {seat.name for seat in identity.seats_of(row.programme_id, body, held.at)} if body else set[str]()
    own = {held.actor.name} if capacity(held.actor, row, held.at) is not None else set[str]()
    return frozenset(person_name(name) for name in (*seated, *own) if name)


def _texts(held: Handling) -> Iterator[tuple[str, str]]:
    """Every answer in words, with its place in the form."""
    answers = forms.answers_of(held.row)
    for _, field in held.course.fields:
        if field.type == "text" and answers.get(field.name):
            yield field.name, str(answers[field.name])
        parts = [part.name for part in field.parts if part.type == "text"]
        for row in rows_of(answers.get(field.name)) if parts else ():
            yield from ((f"{field.name}.{part}", row[part]) for part in parts if row.get(part))
