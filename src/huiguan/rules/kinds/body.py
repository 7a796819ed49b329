"""Body: a council, a committee, an office meeting; which places it has, who may sit in them, and for how long.

"The committee's members are proposed by the association and appointed with the council's consent for five years; they may
be appointed again." A place belongs to whoever was given it, from a day until just before another; after that it is vacant,
whoever goes on coming. "Who examines does not decide": a person with a place in one body takes none in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field as made
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.moments import add_months
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Refuse
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="机构与席位", en="Body")
LARGEST = 500


class Role(Base):
    """So many places of one role, called so. Places are numbered through, in the order of the file."""

    role: Slug
    title: Bilingual
    count: Annotated[int, Field(ge=1, le=LARGEST)] = 1


class Parameters(Base):
    """`body` is its name, `called` so; its `places` by role. A place is held `term_years`, at most `most_terms` of them on
    end. `filled` by whom: appointed or elected `named_by` a post or body, whose resolution is then named; or held by
    office. Nobody with a place in one of `not_with` takes one here; `only` members of that segment do. `answers_to` a post
    or body; it `meets` so many times a year at least."""

    body: Slug
    called: Bilingual
    places: Annotated[list[Role], Field(min_length=1)]
    term_years: Annotated[int, Field(ge=1, le=50)] | None = None
    most_terms: Positive | None = None
    filled: Literal["appointed", "elected", "by_office"] = "appointed"
    named_by: Slug | None = None
    not_with: list[Slug] = []
    only: Slug | None = None
    answers_to: Slug | None = None
    meets: Annotated[int, Field(ge=1, le=366)] | None = None


SAYS = {
    "taken": Text(zh="这一席由{holder}担任。", en="{holder} has this place."),
    "seated": Text(zh="{name}已是{body}成员。", en="{name} has a place in {body} already."),
    "apart": Text(zh="任{other}者不得兼任{body}。", en="Who has a place in {other} takes none in {body}."),
    "long": Text(
        zh="任期 {years} 年，至多到 {last:day}。", en="A term is {years} {years:year|years}: until {last:day} at most."
    ),
    "terms": Text(zh="至多连任 {most} 届。", en="At most {most} {most:term|terms} on end."),
    "resolution": Text(zh="须写明是哪一份决议。", en="The resolution must be named."),
    "segment": Text(zh="须从“{segment}”中产生。", en="They are chosen from: {segment}."),
}
REFUSALS = {
    "taken": "SeatTaken", "seated": "AlreadySeated", "apart": "SeatsApart", "long": "TermTooLong", "terms": "TermsUsedUp",
    "resolution": "ResolutionNeeded", "segment": "NotEligibleForSeat",
}  # fmt: skip


@record
class Term:
    """Somebody in a place of a body from a day until just before another; None: without an end."""

    body: str
    place: int
    holder: str
    name: str
    since: date
    until: date | None


@record
class Asked:
    """A place asked for: whose, from when; `resolution` named; `inside` the segment it takes, None where nobody looked."""

    place: int
    holder: str
    name: str
    since: date
    until: date | None = None
    resolution: str = ""
    inside: bool | None = None
    terms: tuple[Term, ...] = made(default_factory=tuple)


def rule_of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def clause_of(programme: Programme, body: str) -> Clause | None:
    """The clause of a body."""
    return programme.first_of("body", body=body)


def bodies(programme: Programme) -> dict[str, Clause]:
    """The bodies there are, by name, in the order of the file."""
    return {rule_of(clause).body: clause for clause in programme.of("body")}


def roles(rule: Parameters) -> tuple[Role, ...]:
    """The role of each place, from place 1."""
    return tuple(role for role in rule.places for _ in range(role.count))


def ends(rule: Parameters, since: date) -> date | None:
    """The day just before which a term from `since` ends; None where it has no end."""
    return add_months(since, 12 * rule.term_years) if rule.term_years is not None else None


def decide(programme: Programme, clause: Clause, asked: Asked) -> Decision:
    """Whether the place may be taken; a refusal of the first thing that stands in the way."""
    refusal = next(_against(programme, clause, asked), None)
    return NOTHING if refusal is None else Decision((refusal,))


def _against(programme: Programme, clause: Clause, asked: Asked) -> Iterator[Refuse]:
    rule = rule_of(clause)
    values: dict[str, Any] = {"body": _both(rule.called), "name": asked.name}
    if rule.named_by is not None and not asked.resolution:
        yield _refuse(clause, "resolution", "resolution", values)
    last = ends(rule, asked.since)
    if last is not None and asked.until is not None and asked.until > last:
        yield _refuse(clause, "long", "until", {"years": rule.term_years, "last": last.isoformat()})
    if rule.only is not None and asked.inside is False:
        yield _refuse(clause, "segment", "holder", {**values, "segment": _segment(programme, rule.only)})
    yield from _meeting_others(programme, clause, asked, values)
    if rule.most_terms is not None and _terms_before(rule, asked) >= rule.most_terms:
        yield _refuse(clause, "terms", "holder", {**values, "most": rule.most_terms})


def _meeting_others(programme: Programme, clause: Clause, asked: Asked, values: dict[str, Any]) -> Iterator[Refuse]:
    rule = rule_of(clause)
    for term in asked.terms:
        if not _overlap(term, asked):
            continue
        if term.body == rule.body and term.place == asked.place:
            yield _refuse(clause, "taken", "place", {**values, "holder": term.name})
        elif term.holder == asked.holder and term.body == rule.body:
            yield _refuse(clause, "seated", "holder", values)
        elif term.holder == asked.holder and _apart(programme, rule, term.body):
            yield _refuse(clause, "apart", "holder", {**values, "other": _both(called(programme, term.body))})


def _apart(programme: Programme, rule: Parameters, other: str) -> bool:
    """Whether one of the two bodies says that nobody sits in both."""
    theirs = clause_of(programme, other)
    return other in rule.not_with or (theirs is not None and rule.body in rule_of(theirs).not_with)


def _overlap(term: Term, asked: Asked) -> bool:
    return (term.until is None or asked.since < term.until) and (asked.until is None or term.since < asked.until)


def _terms_before(rule: Parameters, asked: Asked) -> int:
    """How many terms in this body the holder had on end, up to the one asked for."""
    own = [each for each in asked.terms if each.body == rule.body and each.holder == asked.holder and each.until]
    held, begins = 0, asked.since
    while found := next((each for each in own if each.until == begins and each.since < begins), None):
        held, begins = held + 1, found.since
    return held


def _refuse(clause: Clause, say: str, field: str, values: dict[str, Any]) -> Refuse:
    return Refuse(clause.id, REFUSALS[say], "state", field, values)


def _segment(programme: Programme, name: str) -> dict[str, str]:
    found = programme.first_of("segment", name=name)
    return _both(found.title) if found is not None else {"zh": name, "en": name}


def called(programme: Programme, body: str) -> Text:
    """What a body is called."""
    found = clause_of(programme, body)
    return Text(zh=body, en=body) if found is None else Text(zh=rule_of(found).called.zh, en=rule_of(found).called.en)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


_TWICE = Text(zh="{body} 已由 {other} 规定。", en="{body} is already governed by {other}.")
_NO_BODY = Text(zh="没有 {body} 这个机构。{near}", en="There is no body {body}.{near}")
_NO_SEGMENT = Text(zh="没有 {segment} 这个分群。{near}", en="There is no segment {segment}.{near}")
_ENDLESS = Text(zh="没有任期（term_years），就数不出连任几届。", en="Without term_years there are no terms to count.")
_ROLE_TWICE = Text(zh="{role} 写了两次；用 count 写几席。", en="{role} is listed twice; say how many with count.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each body once, with roles that differ, and what it names is there."""
    known = bodies(programme)
    segments = {clause.parameters.name for clause in programme.of("segment")}  # type: ignore[attr-defined]
    found: list[Finding] = []
    for clause in clauses:
        rule = rule_of(clause)
        first = next(each.id for each in clauses if rule_of(each).body == rule.body)
        if first != clause.id:
            found.append(refused(programme, clause, "overlap", "body", _TWICE, body=rule.body, other=first))
        found += _unknown(programme, clause, known)
        if rule.only is not None and rule.only not in segments:
            near = suggestion(rule.only, segments)
            found.append(
                refused(programme, clause, "unknown_segment", "only", _NO_SEGMENT, segment=rule.only, near=near)
            )
        if rule.most_terms is not None and rule.term_years is None:
            found.append(refused(programme, clause, "endless", "most_terms", _ENDLESS))
        found += _roles_twice(programme, clause)
    return found


def _unknown(programme: Programme, clause: Clause, known: Iterable[str]) -> list[Finding]:
    return [
        refused(programme, clause, "unknown_body", "not_with", _NO_BODY, body=name, near=suggestion(name, known))
        for name in rule_of(clause).not_with
        if name not in known
    ]


def _roles_twice(programme: Programme, clause: Clause) -> list[Finding]:
    names = [role.role for role in rule_of(clause).places]
    twice = {name for name in names if names.count(name) > 1}
    return [refused(programme, clause, "role_twice", "places", _ROLE_TWICE, role=name) for name in sorted(twice)]
