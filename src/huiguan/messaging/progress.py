"""What becomes of a message after each answer: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.messaging.values import (
    ACCEPTED,
    DEAD,
    DELIVERED,
    LATER,
    NEVER,
    REFUSED,
    SENT,
    UNKNOWN,
    WAITING,
    Answer,
)

# A message that was taken to be sent and came to no answer within this is asked about.
LEASE = timedelta(minutes=2)
TRIES = 8
ASKS = 10
# A message a provider took is asked about until it has arrived or failed: at first after a minute, five times.
RECEIPTS, _RECEIPT = 5, timedelta(minutes=1)
_FIRST, _LONGEST = timedelta(seconds=15), timedelta(hours=2)
FINAL = (DELIVERED, DEAD, "expired", "withdrawn")


@dataclass(frozen=True, slots=True)
class Next:
    """The state it is in now, and when it is looked at again, None: never by itself."""

    state: str
    retry_at: datetime | None = None


def pause(times: int) -> timedelta:
    """15 seconds after the first, doubling, two hours at most."""
    return min(_FIRST * (1 << min(times - 1, 12)), _LONGEST)


def after_sending(answer: Answer, attempts: int, wall: datetime, *, asks: bool) -> Next:
    """After a provider was given it for the `attempts`th time. An outcome nobody knows is asked about, where the provider
    can be asked, and never sent again by itself."""
    if answer.outcome == DELIVERED:
        return Next(DELIVERED)
    if answer.outcome == ACCEPTED:
        return Next(SENT, wall + _RECEIPT if asks else None)
    if answer.outcome == REFUSED:
        return Next(DEAD)
    if answer.outcome in (LATER, NEVER):
        return Next(WAITING, wall + pause(attempts)) if attempts < TRIES else Next(DEAD)
    return Next(UNKNOWN, wall + pause(1)) if asks else Next(DEAD)


def after_asking(answer: Answer, attempts: int, asked: int, wall: datetime) -> Next:
    """After a provider was asked for the `asked`th time what became of a message nobody knows of."""
    if answer.outcome == DELIVERED:
        return Next(DELIVERED)
    if answer.outcome == ACCEPTED:
        return Next(SENT, wall + _RECEIPT)
    if answer.outcome == REFUSED:
        return Next(DEAD)
    if answer.outcome == NEVER:
        return Next(WAITING, wall) if attempts < TRIES else Next(DEAD)
    return Next(UNKNOWN, wall + pause(asked + 1)) if asked < ASKS else Next(DEAD)


def after_looking(answer: Answer, asked: int, wall: datetime) -> Next:
    """After a provider that took a message was asked for the `asked`th time whether it arrived. Whatever it does not say,
    it was sent."""
    if answer.outcome in (DELIVERED, REFUSED):
        return Next(DELIVERED if answer.outcome == DELIVERED else DEAD)
    return Next(SENT, wall + _RECEIPT * (1 << asked) if asked < RECEIPTS else None)


def after_receipt(state: str, outcome: str) -> str:
    """Where a receipt moves a message: forward only, however late or often it comes."""
    if outcome == DELIVERED and state not in (DELIVERED,):
        return DELIVERED
    if outcome == REFUSED and state not in (DELIVERED, DEAD):
        return DEAD
    return SENT if outcome == ACCEPTED and state in (WAITING, UNKNOWN, "claimed") else state
