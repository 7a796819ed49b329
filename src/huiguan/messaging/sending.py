"""Sending: claim, give to the provider, note the answer; three steps, and what dies between two of them is asked about.

A message is claimed in a transaction of its own, so two workers never have the same. It is given under its own key, the
same however often. What was claimed and came to no answer may have been sent: the provider is asked, and only where it
says that it never had it is it given again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from huiguan.foundation.performing import in_transaction
from huiguan.messaging.composing import clear_of, house_of
from huiguan.messaging.models import Attempt, Message
from huiguan.messaging.progress import FINAL, LEASE, Next, after_asking, after_looking, after_sending
from huiguan.messaging.providers.protocol import Provider, Providers
from huiguan.messaging.values import (
    CLAIMED,
    CODE,
    DEAD,
    DELIVERED,
    EXPIRED,
    SENT,
    UNCLEAR,
    UNKNOWN,
    WAITING,
    Answer,
    Letter,
)

AT_ONCE = 20
NO_PROVIDER = "no provider for this channel"
Clock = Callable[[], datetime]


def send_due(providers: Providers, at: datetime, clock: Clock) -> int:
    """Everything that is due by the domain's `at` and the wall's clock, once; how many messages were moved."""
    wall = clock()
    _take_back(wall)
    moved = _let_go(at, wall)
    for number in _claim(at, wall):
        deliver(number, providers, clock)
        moved += 1
    for number in _to_ask(wall):
        moved += inquire(number, providers, clock)
    return moved


def _take_back(wall: datetime) -> None:
    """What was claimed and never answered: nobody knows what became of it."""
    Message.objects.filter(state=CLAIMED, claimed_at__lte=wall - LEASE).update(state=UNKNOWN, retry_at=wall)


def _let_go(at: datetime, wall: datetime) -> int:
    """What nobody would want to read any more."""
    late = Message.objects.filter(Q(good_until__lte=at) | Q(ends_at__lte=wall), state=WAITING)
    return late.update(state=EXPIRED, sealed=None, retry_at=None)


def _claim(at: datetime, wall: datetime) -> list[int]:
    def do() -> list[int]:
        due = Message.objects.filter(state=WAITING, due_at__lte=at).exclude(retry_at__gt=wall)
        rows = list(due.select_for_update(skip_locked=True).order_by("id")[:AT_ONCE])
        for row in rows:
            row.state, row.claimed_at, row.attempts = CLAIMED, wall, row.attempts + 1
        Message.objects.bulk_update(rows, ["state", "claimed_at", "attempts"])
        return [row.pk for row in rows]

    return in_transaction(do)


def _to_ask(wall: datetime) -> list[int]:
    """The next to be asked about, pushed ahead so that no other worker asks at the same time."""

    def do() -> list[int]:
        due = Message.objects.filter(state__in=(UNKNOWN, SENT), retry_at__lte=wall)
        rows = list(due.select_for_update(skip_locked=True).order_by("retry_at", "id")[:AT_ONCE])
        for row in rows:
            row.asked, row.retry_at = row.asked + 1, wall + LEASE
        Message.objects.bulk_update(rows, ["asked", "retry_at"])
        return [row.pk for row in rows]

    return in_transaction(do)


def deliver(number: int, providers: Providers, clock: Clock) -> None:
    """Give a claimed message to its provider and note what it answered."""
    row = Message.objects.get(pk=number)
    provider = providers.get(row.channel)
    if provider is None:
        _note(row, "send", Answer("refused", trouble=NO_PROVIDER), Next(DEAD), "", clock())
        return
    answer = provider.send(letter_of(row, clock()))
    wall = clock()
    _note(row, "send", answer, after_sending(answer, row.attempts, wall, asks=provider.asks), provider.name, wall)


def inquire(number: int, providers: Providers, clock: Clock) -> int:
    """Ask what became of a message nobody knows of, or whether one that was taken arrived."""
    row = Message.objects.get(pk=number)
    provider = providers.get(row.channel)
    answer = _asked(row, provider, clock()) if provider is not None else Answer(UNCLEAR, trouble=NO_PROVIDER)
    wall = clock()
    if row.state == SENT:
        step = after_looking(answer, row.asked, wall)
    elif provider is None or not provider.asks:
        step = Next(DEAD)
    else:
        step = after_asking(answer, row.attempts, row.asked, wall)
    _note(row, "ask", answer, step, provider.name if provider else "", wall)
    return 1


def _asked(row: Message, provider: Provider, wall: datetime) -> Answer:
    if not provider.asks:
        return Answer(UNCLEAR, trouble="whether it arrived cannot be asked")
    return provider.ask(letter_of(row, row.claimed_at or wall), row.reference, wall)


def letter_of(row: Message, wall: datetime) -> Letter:
    told = clear_of(row)
    return Letter(
        programme=row.programme_id,
        key=f"huiguan-{row.programme_id}-{row.pk}",
        channel=row.channel,
        address=told.get("address", ""),
        masked=row.masked,
        text=told.get("text", ""),
        subject=row.subject,
        clause=row.clause or row.occasion,
        values=tuple((name, value) for name, value in told.get("values", [])),
        sender=house_of(row.programme_id).zh,
        handed_at=wall,
    )


def _note(row: Message, what: str, answer: Answer, step: Next, provider: str, wall: datetime) -> None:
    """Keep the answer. A receipt that came first is not undone by it."""

    def do() -> None:
        now = Message.objects.select_for_update().get(pk=row.pk)
        note_try(now, what, answer, wall)
        if now.state in FINAL:
            return
        now.state, now.retry_at = step.state, step.retry_at
        now.provider, now.trouble = provider or now.provider, answer.trouble[:300]
        now.reference = answer.reference[:200] or now.reference
        move(now, wall)

    in_transaction(do)


def note_try(row: Message, what: str, answer: Answer, wall: datetime, by: str = "") -> None:
    Attempt.objects.create(
        programme_id=row.programme_id,
        message=row,
        at=wall,
        what=what,
        outcome=answer.outcome,
        trouble=answer.trouble[:300],
        by=by,
    )


def move(row: Message, wall: datetime) -> None:
    """Save where a message came to. A code's digits are wiped once they have gone, or can go no more."""
    if row.state in (SENT, DELIVERED):
        row.sent_at = row.sent_at or wall
        row.trouble = ""
    if row.state == DELIVERED:
        row.delivered_at = row.delivered_at or wall
    if row.occasion == CODE and row.state in (SENT, *FINAL):
        row.sealed, row.retry_at = None, None  # without its address nobody can be asked
    row.save()
