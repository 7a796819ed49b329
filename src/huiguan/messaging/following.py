"""Following the feed: every event once, in its order, and with each the messages it causes, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.foundation.outbox import Happened, feed_of, give_positions, happened
from huiguan.foundation.performing import in_transaction
from huiguan.messaging.composing import Meant, messages_for
from huiguan.messaging.models import Cursor, Message
from huiguan.messaging.occasions import EVENTS, TO_APPLICANTS, moment_of, occasion_of
from huiguan.programme import queries as programmes

EVENTS_NAME = "events"
AT_ONCE = 200


def begin(programme: int, *, position: int | None = None) -> None:
    """Follow from `position` on; from the feed's end where none is named: what happened before is not told."""
    give_positions(programme)
    feed = feed_of(programme)
    start = feed.last if position is None else position
    row = {"position": start, "generation": feed.generation}
    Cursor.objects.update_or_create(programme_id=programme, name=EVENTS_NAME, defaults=row)


def follow(programme: int, wall: datetime) -> int:
    """Write the messages of everything that happened since; how many events were read."""
    give_positions(programme)
    if not Cursor.objects.filter(programme_id=programme, name=EVENTS_NAME).exists():
        begin(programme)
    if feed_of(programme).last <= Cursor.objects.get(programme_id=programme, name=EVENTS_NAME).position:
        return 0
    return in_transaction(lambda: _turn(programme, wall))


def _turn(programme: int, wall: datetime) -> int:
    """One turn of one follower: whoever else follows waits here, and then sees how far this one came."""
    cursor = Cursor.objects.select_for_update().get(programme_id=programme, name=EVENTS_NAME)
    feed = feed_of(programme)
    if cursor.generation != feed.generation:  # the books were put back: what the cursor knew is gone
        begin(programme)
        return 0
    found = happened(programme, after=max(cursor.position, feed.forgotten), limit=AT_ONCE)
    if not found:
        return 0
    Message.objects.bulk_create(_messages(programme, found, wall), ignore_conflicts=True)
    Cursor.objects.filter(pk=cursor.pk).update(position=found[-1].position)
    return len(found)


def _messages(programme: int, found: Sequence[Happened], wall: datetime) -> list[Message]:
    rows: list[Message] = []
    versions = programmes.timeline(programme)
    told = EVENTS if any(rulebook.of("notice") for _, rulebook in versions) else TO_APPLICANTS
    for event in found:
        if event.kind not in told or (event.membership is None and event.kind not in TO_APPLICANTS):
            continue
        at = moment_of(event)
        rulebook = next((each for begins, each in versions if begins <= at), None)
        if rulebook is None:
            continue
        occasion = occasion_of(programme, rulebook, event)
        if occasion is not None:
            about = f"{event.kind}:{event.reference}"
            meant = Meant(event.membership, occasion, f"event:{event.position}", about, written=event.written_at)
            rows += messages_for(programme, rulebook, meant, wall)
    return rows
