"""Who may take a place in a body, and the bodies as they stand: what the rulebook says of each, and who sits in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from huiguan.identity import queries as identity
from huiguan.identity import refusals
from huiguan.identity.inputs import SeatPerson
from huiguan.identity.values import SeatHeld, holder_of
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import register
from huiguan.members.resolving import membership_of
from huiguan.members.segments import in_segment
from huiguan.members.values import BodyTold, PlaceTold
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import body as kind
from huiguan.rules.kinds.body import Asked, Term
from huiguan.rules.programme import Clause, Programme

_BODY, _PLACE = Text(zh="机构", en="body"), Text(zh="席位", en="place")
_PERSON = Text(zh="员工", en="person on the staff")
_ONE = Text(zh="员工、会员、姓名只写一个", en="takes one of staff, member and name")
_BY_CODE: dict[str, type[Refusal]] = {name: getattr(refusals, name) for name in kind.REFUSALS.values()}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is to sit: one of the staff, a member, or somebody by name alone; `ref` is how a member was named."""

    name: str
    staff: int | None = None
    membership: int | None = None
    ref: str = ""

    @property
    def key(self) -> str:
        return holder_of(self.staff, self.membership, self.name)


def body_clause(rulebook: Programme, body: str) -> Clause:
    """The clause of a body; NotFound where the rulebook has none of that name."""
    found = kind.clause_of(rulebook, body)
    if found is None:
        raise NotFound(field="body", what=_BODY, given=body)
    return found


def role_at(clause: Clause, place: int) -> str:
    """The role of a place; NotFound where the body has not so many."""
    roles = kind.roles(kind.rule_of(clause))
    if place > len(roles):
        raise NotFound(field="place", what=_PLACE, given=f"#{place}")
    return roles[place - 1].role


def holder_given(actor: Actor, given: SeatPerson) -> Holder:
    """The person that is named. InvalidInput where none or several are, NotFound where she is not there."""
    if [given.staff, given.member, given.name].count(None) != 2:
        raise InvalidInput(field="staff", rule=_ONE)
    if given.staff is not None:
        person = identity.people_by_username(actor.programme, [given.staff]).get(given.staff)
        if person is None:
            raise NotFound(field="staff", what=_PERSON, given=given.staff)
        if not person.active:
            raise refusals.HasLeft(field="staff")
        return Holder(person.name, staff=person.id)
    if given.member is not None:
        key = membership_of(actor.programme, given.member)
        return Holder(register.names_of(actor.programme, [key])[key][1], membership=key, ref=given.member)
    return Holder(str(given.name))


def demand_seating(
    actor: Actor, at: datetime, rulebook: Programme, clause: Clause, asked: Asked, holder: Holder
) -> None:
    """Refuse, by the clause, what stands in the way of this person in this place."""
    segment = kind.rule_of(clause).only
    if segment is not None:
        inside = holder.membership is not None and in_segment(actor, holder.ref, segment, at).given
        asked = replace(asked, inside=inside)
    for effect in kind.decide(rulebook, clause, asked).effects:
        if isinstance(effect, Refuse):
            _refuse(effect)


def _refuse(effect: Refuse) -> NoReturn:
    raise _BY_CODE[effect.code](field=effect.field, clause=effect.clause, **effect.values)


def term_of(seat: SeatHeld, tz: ZoneInfo) -> Term:
    """A term in local days. One that ended within the day it ended on leaves that day to the next."""
    until = local_day(seat.until, tz) if seat.until else None
    return Term(seat.body, seat.place, seat.holder, seat.name, local_day(seat.since, tz), until)


def bodies(actor: Actor, at: datetime) -> tuple[BodyTold, ...]:
    """The bodies the rulebook in force at `at` has, with their places: who sits there, who is to come, who sat before."""
    rulebook = programmes.programme_at(actor.programme, at)
    terms = identity.seat_terms(actor.programme)
    return tuple(_told(rulebook, clause, terms, at) for clause in kind.bodies(rulebook).values())


def body(actor: Actor, name: str, at: datetime) -> BodyTold:
    """One body; NotFound where the rulebook has none of that name."""
    rulebook = programmes.programme_at(actor.programme, at)
    return _told(rulebook, body_clause(rulebook, name), identity.seat_terms(actor.programme, name), at)


def _told(rulebook: Programme, clause: Clause, terms: tuple[SeatHeld, ...], at: datetime) -> BodyTold:
    rule = kind.rule_of(clause)
    own = [each for each in terms if each.body == rule.body]
    places = tuple(
        _place(number, role, [each for each in own if each.place == number], at)
        for number, role in enumerate(kind.roles(rule), 1)
    )
    return BodyTold(
        body=rule.body, called=rule.called, clause=clause.id, places=places, term_years=rule.term_years,
        most_terms=rule.most_terms, filled=rule.filled, named_by=rule.named_by,
        not_with=tuple(rule.not_with), only=rule.only, answers_to=rule.answers_to, meets=rule.meets,
    )  # fmt: skip


def _place(number: int, role: kind.Role, terms: list[SeatHeld], at: datetime) -> PlaceTold:
    past = tuple(reversed([each for each in terms if each.until is not None and each.until <= at]))
    return PlaceTold(
        place=number,
        role=role.role,
        title=role.title,
        held=next((each for each in terms if each.since <= at and (each.until is None or each.until > at)), None),
        coming=next((each for each in terms if each.since > at and each.until != each.since), None),
        past=tuple(each for each in past if each.since != each.until),
    )
