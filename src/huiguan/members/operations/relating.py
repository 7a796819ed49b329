"""Who somebody is to a member: legal representative, handler, contacts with one first, branches, parent, recommender."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members.inputs import AddRelation, EndRelation
from huiguan.members.life_refusals import PrimaryNamed, PrimaryUnreached, RelationUnknown
from huiguan.members.resolving import by_number, locked_member
from huiguan.parties import formats
from huiguan.parties import operations as parties
from huiguan.parties import queries as people
from huiguan.parties.values import RelationTold
from huiguan.programme import queries as programmes

HEAD, CONTACT = "representative", "contact"
_FUTURE = Text(zh="不能晚于今天", en="must not lie in the future")
_CONTACTS = Text(zh="只有联系人分主次", en="is said of contacts alone")


def add_relation(*, actor: Actor, at: datetime, given: AddRelation, key: str | None = None) -> RelationTold:
    """Somebody is this to a member from a day on; a new legal representative ends the one before on the day before. Takes
    `edit_members`. Refuses PrimaryNamed, PrimaryUnreached, InvalidInput, NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> RelationTold:
        member = locked_member(actor, given.member)
        since = _day(actor, at, given.since, "since", _today(actor, at))
        told = RelationTold(
            given.role, given.name, since, None, given.primary,
            formats.mobile(given.phone, "phone") if given.phone else "",
            formats.email(given.email, "email") if given.email else "",
            given.note or "", _other(actor, given.other),
        )  # fmt: skip
        running = [each for each in people.relations(member.party_id) if each.until is None and each.role == given.role]
        _demand_one_first(told, running)
        for each in running if given.role == HEAD else ():
            parties.unrelate(actor=actor, party=member.party_id, relation=each.id, until=since - timedelta(days=1))
        return parties.relate(actor=actor, party=member.party_id, told=told)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "add_relation", actor=actor, at=at, subject=subject, given=given, do=do, key=key, returns=RelationTold,
        secret=frozenset({"phone", "email"}),
    )  # fmt: skip


def end_relation(*, actor: Actor, at: datetime, given: EndRelation, key: str | None = None) -> RelationTold:
    """It held up to and with a day; it stays on record. Takes `edit_members`. Refuses RelationUnknown, InvalidInput,
    NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> RelationTold:
        member = locked_member(actor, given.member)
        until = _day(actor, at, given.until, "until", _today(actor, at) - timedelta(days=1))
        ended = parties.unrelate(actor=actor, party=member.party_id, relation=given.relation, until=until)
        if ended is None:
            raise RelationUnknown(field="relation", number=member.number)
        return ended

    subject, given = by_number(actor, given, given.member)
    return perform(
        "end_relation", actor=actor, at=at, subject=subject, given=given, do=do, key=key, returns=RelationTold
    )


def _demand_one_first(told: RelationTold, running: list[RelationTold]) -> None:
    if not told.primary:
        return
    if told.role != CONTACT:
        raise InvalidInput(field="primary", rule=_CONTACTS)
    first = next((each for each in running if each.primary), None)
    if first is not None:
        raise PrimaryNamed(field="primary", name=first.name)
    if not (told.phone and told.email):
        raise PrimaryUnreached(field="email" if told.phone else "phone")


def _other(actor: Actor, member: str | None) -> int | None:
    return locked_member(actor, member).party_id if member else None


def _today(actor: Actor, at: datetime) -> date:
    return local_day(at, programmes.programme_at(actor.programme, at).zone)


def _day(actor: Actor, at: datetime, text: str | None, field: str, usual: date) -> date:
    day = day_of(text, field) if text else usual
    if day > _today(actor, at):
        raise InvalidInput(field=field, rule=_FUTURE)
    return day
