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
from huiguan.members.related import related
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values.related import RelatedTold
from huiguan.parties import formats
from huiguan.parties import operations as parties
from huiguan.parties import queries as people
from huiguan.parties.values import RelationTold
from huiguan.programme import queries as programmes

HEAD, CONTACT = "representative", "contact"
_FUTURE = Text(zh="不能晚于今天", en="must not lie in the future")
_BEFORE = Text(zh="不能早于开始的那天（{since}）", en="must not lie before the day it began ({since})")
_ONE_A_DAY = Text(
    zh="一天只有一位法定代表人：{name} 在任，最早从 {day} 起",
    en="there is one legal representative a day: {name} is; {day} is the first day for another",
)
_CONTACTS = Text(zh="只有联系人分主次", en="is said of contacts alone")


def add_relation(*, actor: Actor, at: datetime, given: AddRelation, key: str | None = None) -> RelatedTold:
    """Somebody is this to a member from a day on; a new legal representative ends the one before on the day before, and
    begins after the day that one began. Takes `edit_members`. Refuses PrimaryNamed, PrimaryUnreached, InvalidInput, NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> RelatedTold:
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
        _demand_one_head(member.party_id, told)
        for each in running if given.role == HEAD else ():
            parties.unrelate(actor=actor, party=member.party_id, relation=each.id, until=since - timedelta(days=1))
        return related(actor.programme, [parties.relate(actor=actor, party=member.party_id, told=told)])[0]

    subject, given = by_number(actor, given, given.member)
    return perform(
        "add_relation", actor=actor, at=at, subject=subject, given=given, do=do, key=key, returns=RelatedTold,
        secret=frozenset({"phone", "email"}),
    )  # fmt: skip


def end_relation(*, actor: Actor, at: datetime, given: EndRelation, key: str | None = None) -> RelatedTold:
    """It held up to and with a day, not before the one it began; it stays on record. Takes `edit_members`. Refuses RelationUnknown, InvalidInput,
    NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> RelatedTold:
        member = locked_member(actor, given.member)
        held = next((each for each in people.relations(member.party_id) if each.id == given.relation), None)
        began = held.since if held is not None else date.min
        until = _day(actor, at, given.until, "until", max(_today(actor, at) - timedelta(days=1), began))
        if until < began:
            raise InvalidInput(field="until", rule=Text(**_BEFORE.both(since=began.isoformat())))
        ended = parties.unrelate(actor=actor, party=member.party_id, relation=given.relation, until=until)
        if ended is None:
            raise RelationUnknown(field="relation", number=member.number)
        return related(actor.programme, [ended])[0]

    subject, given = by_number(actor, given, given.member)
    return perform(
        "end_relation", actor=actor, at=at, subject=subject, given=given, do=do, key=key, returns=RelatedTold
    )


def _demand_one_head(party: int, told: RelationTold) -> None:
    """One legal representative on any day: who follows begins after the day the one before began, and after the last day
    of those who were."""
    if told.role != HEAD:
        return
    for each in people.relations(party):
        last = each.until or each.since
        if each.role == HEAD and told.since <= last:
            following = (last + timedelta(days=1)).isoformat()
            raise InvalidInput(field="since", rule=Text(**_ONE_A_DAY.both(name=each.name, day=following)))


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
