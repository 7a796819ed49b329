"""What was said, to whom, and what became of it; and exactly what a member would receive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from huiguan.identity.queries import masked
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.messaging.composing import Meant, decided, known_to, reached
from huiguan.messaging.inputs import PreviewNotice
from huiguan.messaging.models import LocalDelivery, Message
from huiguan.messaging.occasions import Occasion
from huiguan.messaging.providers.choosing import ProviderUnknown, providers_of
from huiguan.messaging.providers.local import Local, box_of, opened
from huiguan.messaging.refusals import NoSuchNotice
from huiguan.messaging.samples import sample_of
from huiguan.messaging.values import (
    CODE,
    STATES,
    Counted,
    Delivered,
    MessageTold,
    Preview,
    TryTold,
)
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Send
from huiguan.rules.kinds import notice

__all__ = [
    "Local",
    "ProviderUnknown",
    "carried",
    "counted",
    "local_box",
    "message",
    "messages",
    "notices",
    "parts",
    "preview",
    "providers_of",
]

MESSAGE = Text(zh="消息", en="message")
PAGE = 50


def messages(
    actor: Actor,
    *,
    member: str | None = None,
    state: str | None = None,
    occasion: str | None = None,
    text: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> tuple[MessageTold, ...]:
    """Messages of the actor's programme, the newest first, older than number `before`: of one member, state or occasion,
    or whose text, address or bill has these words. A member sees her own; others take `read_members`. NotFound."""
    rows = _visible(actor, member)
    if state is not None:
        rows = rows.filter(state=state)
    if occasion is not None:
        rows = rows.filter(occasion=occasion)
    if text.strip():
        word = text.strip()
        rows = rows.filter(Q(text__icontains=word) | Q(masked__icontains=word) | Q(about__icontains=word))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _told(actor, list(rows.order_by("-pk")[:limit]))


def message(actor: Actor, number: int) -> tuple[MessageTold, tuple[TryTold, ...]]:
    """A message and every time it was tried, the first first. NotFound; powers as `messages`."""
    row = _visible(actor, None).filter(pk=number).first()
    if row is None:
        raise NotFound(field="message", what=MESSAGE, given=str(number))
    tries = tuple(TryTold(each.at, each.what, each.outcome, each.trouble, each.by) for each in row.tries.order_by("id"))
    return _told(actor, [row])[0], tries


def counted(actor: Actor) -> Counted:
    """How many messages are in each state. Takes `read_members`."""
    actor.demand("read_members")
    rows = Message.objects.filter(programme_id=actor.programme).values_list("state").annotate(Count("id"))
    return Counted(dict(rows))


def carried(programme: int, about: str) -> dict[str, Text]:
    """What became of the messages about one thing, the newest to each address, by the address as it may be shown. For
    entrances that know already who asks."""
    rows = Message.objects.filter(programme_id=programme, about=about).order_by("pk")
    return {row.masked: STATES[row.state] for row in rows}


def preview(actor: Actor, at: datetime, given: PreviewNotice) -> Preview:
    """What a notice in force at `at` would send to a member now: her own name and number, samples for what is not there
    yet. Takes `read_members`; refuses NoSuchNotice, NotFound."""
    key = members.membership(actor, given.member)
    rulebook = programmes.programme_at(actor.programme, at)
    clause = rulebook.clauses.get(given.clause)
    if clause is None or clause not in rulebook.of("notice"):
        raise NoSuchNotice(field="clause", clause_id=given.clause)
    name = clause.parameters.on  # type: ignore[attr-defined]
    occasion = Occasion(name, at, sample_of(name, rulebook, at))
    meant = Meant(key, occasion, "", "")
    known, contact = known_to(actor.programme, rulebook, key, occasion), reached(actor.programme, meant)
    decision = decided(actor.programme, rulebook, clause, key, occasion, known, contact)
    (reason,) = decision.reasons
    said = clause.module.SAYS[reason.say].both(**reason.values)
    for send in decision.effects:
        if isinstance(send, Send):
            address = (contact.phone if send.channel == "sms" else contact.email) or ""
            return Preview(
                clause.id, send.channel, _masked(address), send.subject, send.text, parts(send.text), send.at, said
            )
    return Preview(clause.id, "", "", "", "", 0, None, said)


def parts(text: str) -> int:
    """As how many text messages it goes: one of 70 characters, several of 67."""
    return 1 if len(text) <= notice.ONE_SMS else -(-len(text) // 67)


def notices(actor: Actor, at: datetime) -> tuple[tuple[str, Text, str], ...]:
    """The notices in force: (clause, title, occasion). Takes `read_members`."""
    actor.demand("read_members")
    rulebook = programmes.ruling_at(actor.programme, at)
    clauses = rulebook.of("notice") if rulebook else ()
    return tuple((clause.id, clause.title, clause.parameters.on) for clause in clauses)  # type: ignore[attr-defined]


def local_box(
    actor: Actor, *, address: str = "", channel: str | None = None, limit: int = PAGE
) -> tuple[Delivered, ...]:
    """What the local provider delivered, the newest first, to one address where it is named. The digits of one-time codes
    are shown in a demonstration alone. Takes `read_members`."""
    actor.demand("read_members")
    rows = LocalDelivery.objects.filter(programme_id=actor.programme)
    if address:
        rows = rows.filter(address_hash=box_of(actor.programme, address))
    if channel is not None:
        rows = rows.filter(channel=channel)
    return tuple(_delivered(row) for row in rows.order_by("-pk")[:limit])


def _delivered(row: LocalDelivery) -> Delivered:
    told = opened(row)
    hidden = told.get("clause") == CODE and not settings.HUIGUAN_DEMO
    text = "".join("•" if letter.isdecimal() else letter for letter in told["text"]) if hidden else told["text"]
    return Delivered(row.pk, row.channel, row.masked, told["subject"], text, row.at)


def _visible(actor: Actor, member: str | None) -> QuerySet[Message]:
    rows = Message.objects.filter(programme_id=actor.programme)
    if actor.membership is not None:
        return rows.filter(membership_id=actor.membership)
    actor.demand("read_members")
    if member is None:
        return rows
    key = members.membership(actor, member)
    return rows.filter(membership_id__in=[key, *members.absorbed_by(key)])


def _told(actor: Actor, rows: Sequence[Message]) -> tuple[MessageTold, ...]:
    named = members.called(actor.programme, _keys(rows))
    return tuple(
        MessageTold(
            id=row.pk,
            member=named.get(row.membership_id or 0, ("", ""))[0],
            name=named.get(row.membership_id or 0, ("", ""))[1],
            occasion=row.occasion,
            about=row.about,
            clause=row.clause,
            version=row.version,
            channel=row.channel,
            masked=row.masked,
            subject=row.subject,
            text=row.text,
            at=row.at,
            due_at=row.due_at,
            state=row.state,
            attempts=row.attempts,
            provider=row.provider,
            trouble=row.trouble,
            written_at=row.written_at,
            retry_at=row.retry_at,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
        )
        for row in rows
    )


def _keys(rows: Iterable[Message]) -> list[int]:
    return [row.membership_id for row in rows if row.membership_id is not None]


def _masked(address: str) -> str:
    return masked(address) if address else ""
