"""A message for one occasion of one member by one clause: decided purely, written once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huiguan.foundation.sealing import seal, unseal
from huiguan.identity import queries as identity
from huiguan.identity.queries import masked
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import facts
from huiguan.members import queries as members
from huiguan.messaging.models import Message
from huiguan.messaging.occasions import Occasion
from huiguan.parties.values import Contact
from huiguan.programme import queries as programmes
from huiguan.rules.conditions import facts_named
from huiguan.rules.effects import Decision, Send
from huiguan.rules.kinds import notice
from huiguan.rules.letters import values_of
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.vocabulary import FACTS, first_day, member_values

GOOD_FOR = timedelta(hours=24)
HIDDEN = "••••••"
_INSTANT = timedelta(microseconds=1)
_NOWHERE = Contact(None, None)


@dataclass(frozen=True, slots=True)
class Meant:
    """One occasion of one member, or of an applicant who is none (`membership` None). `cause` is the same whenever it is found again; `about` names its record; `good_until`
    None: for a day after it is due; `written`: when it was entered, by when she could be reached."""

    membership: int | None
    occasion: Occasion
    cause: str
    about: str
    good_until: datetime | None = None
    written: datetime | None = None


def bound_of(programme: int, cause: str, clause: str) -> str:
    return f"message:{programme}:{cause}:{clause}"


def clear_of(row: Message) -> dict[str, Any]:
    """A message's address, whole text and variables in clear; empty where they were wiped."""
    if row.sealed is None:
        return {}
    told: dict[str, Any] = json.loads(
        unseal(bytes(row.sealed), bound=bound_of(row.programme_id, row.cause, row.clause))
    )
    return told


def sealed_of(programme: int, cause: str, clause: str, told: Mapping[str, Any]) -> bytes:
    return seal(json.dumps(told, ensure_ascii=False), bound=bound_of(programme, cause, clause))


def messages_for(programme: int, rulebook: Programme, meant: Meant, written_at: datetime) -> list[Message]:
    """One message for each clause that tells this member of this occasion."""
    clauses = notice.noticed(rulebook, meant.occasion.name)
    contact = reached(programme, meant) if clauses or meant.occasion.own else _NOWHERE
    if not clauses:
        return _in_own_words(programme, rulebook, meant, contact, written_at)
    known = known_to(programme, rulebook, meant.membership, meant.occasion)
    found = []
    for clause in clauses:
        decision = decided(programme, rulebook, clause, meant.membership, meant.occasion, known, contact)
        for send in decision.effects:
            if isinstance(send, Send):
                found.append(_row(programme, rulebook, meant, send, contact, known, written_at))
    return found


def house_of(programme: int) -> Text:
    """Under which name messages come: the house's own."""
    return identity.house_name(programme) or programmes.programme_named(programme).name


def known_to(programme: int, rulebook: Programme, membership: int | None, occasion: Occasion) -> dict[str, Any]:
    """All a text about this occasion may name."""
    keys = [membership] if membership is not None else []
    number, name = members.called(programme, keys).get(membership or 0, ("", ""))
    house = house_of(programme)
    day = local_day(occasion.at, rulebook.zone)
    return {"house": house, "name": name, "number": number, "day": day, **occasion.known}


def reached(programme: int, meant: Meant) -> Contact:
    """Where she is reached: as the register says, and else as the occasion does: a form may name somebody else's phone."""
    at, first = meant.occasion.at, meant.occasion.contact or _NOWHERE
    if meant.membership is None:
        return first
    when = at - _INSTANT if meant.occasion.before else max(at, meant.written or at)
    known = members.contacts(programme, [meant.membership], when).get(meant.membership, _NOWHERE)
    return Contact(known.phone or first.phone, known.email or first.email)


def decided(
    programme: int,
    rulebook: Programme,
    clause: Clause,
    membership: int | None,
    occasion: Occasion,
    known: Mapping[str, Any],
    contact: Contact,
) -> Decision:
    ways = (("sms", contact.phone), ("email", contact.email))
    return notice.decide(
        rulebook,
        clause,
        known,
        member=_facts(programme, rulebook, clause, membership, occasion.at) if membership is not None else {},
        reached_by=tuple(way for way, address in ways if address),
        at=occasion.at,
    )


def _facts(programme: int, rulebook: Programme, clause: Clause, membership: int, at: datetime) -> dict[str, Any]:
    """What a clause's condition asks of the member; nothing where it has none."""
    where = clause.parameters.where  # type: ignore[attr-defined]
    if where is None:
        return {}
    day = local_day(at, rulebook.zone)
    back = max((FACTS[name].days_back for name in facts_named(where) if name in FACTS), default=0)
    found = facts.member_facts(programme, [membership], at=at, since=first_day(back, day))
    return member_values(facts.as_of(found[membership], at), day, rulebook.zone) if membership in found else {}


def _row(
    programme: int,
    rulebook: Programme,
    meant: Meant,
    send: Send,
    contact: Contact,
    known: Mapping[str, Any],
    written_at: datetime,
) -> Message:
    rule = rulebook.clauses[send.clause].parameters
    language = "en" if rule.language == "en" else "zh"  # type: ignore[attr-defined]
    return _message(programme, rulebook, meant, send, contact, values_of(rule.says, known, language), written_at)  # type: ignore[attr-defined]


def _in_own_words(
    programme: int, rulebook: Programme, meant: Meant, contact: Contact, written_at: datetime
) -> list[Message]:
    """What the house says without any clause, by the first way there is: a text message, else mail."""
    channel = "sms" if contact.phone else "email" if contact.email else ""
    if meant.occasion.own is None or not channel:
        return []
    subject, text = (each.zh for each in meant.occasion.own)
    send = Send("", channel, text, subject if channel == "email" else "", meant.occasion.at)
    return [_message(programme, rulebook, meant, send, contact, [("letter", text)], written_at)]


def _message(
    programme: int,
    rulebook: Programme,
    meant: Meant,
    send: Send,
    contact: Contact,
    values: list[tuple[str, str]],
    written_at: datetime,
) -> Message:
    address = (contact.phone if send.channel == "sms" else contact.email) or ""
    told = {"address": address, "text": send.text, "values": values}
    return Message(
        programme_id=programme,
        membership_id=meant.membership,
        cause=meant.cause,
        occasion=meant.occasion.name,
        about=meant.about[:120],
        clause=send.clause,
        version=rulebook.version or None,
        channel=send.channel,
        masked=masked(address),
        subject=send.subject[:200],
        text=send.text.replace(secret, HIDDEN) if (secret := meant.occasion.secret) else send.text,
        sealed=sealed_of(programme, meant.cause, send.clause, told),
        at=meant.occasion.at,
        due_at=send.at,
        good_until=meant.good_until or send.at + GOOD_FOR,
        written_at=written_at,
    )
