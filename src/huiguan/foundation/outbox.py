"""The outbox: what happened, written in the transaction of its cause, and put in one order per programme afterwards.

A writer adds one row for all it has to tell (`telling`), without a position: numbers given out before the commit become
visible out of order, and whoever follows them by number misses what commits late. Positions are given afterwards, one
giver at a time, to rows that are committed already (`give_positions`). What is not placed yet is found by being there,
never by its number, so nothing is missed; and whoever saw another's commit is placed behind it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from huiguan.foundation.performing import in_transaction
from huiguan.foundation.reserve import DiskNearlyFull
from huiguan.foundation.statements import Question, Row, ask, hot_rows
from huiguan.kernel.events import Event, Told

__all__ = [
    "Feed",
    "Happened",
    "feed_of",
    "forget_events",
    "give_positions",
    "happened",
    "renew_feeds",
    "tell",
    "telling",
]

PLACED_AT_ONCE = 2000  # rows

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_INSERT = """
INSERT INTO foundation_outbox (programme, events, told, written_at) VALUES (%s::bigint, %s::int, %s::jsonb, %s::timestamptz)
"""
_WAITING = "SELECT EXISTS (SELECT 1 FROM foundation_outbox WHERE programme = %s::bigint AND last IS NULL)"
_BEGIN = """
INSERT INTO foundation_feed (programme, generation, last, forgotten) VALUES (%s::bigint, %s, 0, 0) ON CONFLICT DO NOTHING
"""
_LOCK = "SELECT last FROM foundation_feed WHERE programme = %s::bigint FOR UPDATE"
_PLACE = """
WITH waiting AS (
    SELECT id, %(last)s::bigint + sum(events) OVER (ORDER BY id) AS upto
    FROM foundation_outbox WHERE programme = %(programme)s::bigint AND last IS NULL ORDER BY id LIMIT %(most)s::bigint
), placed AS (
    UPDATE foundation_outbox o SET last = w.upto FROM waiting w WHERE o.id = w.id RETURNING o.last
)
UPDATE foundation_feed SET last = (SELECT max(last) FROM placed)
WHERE programme = %(programme)s::bigint AND EXISTS (SELECT 1 FROM placed) RETURNING (SELECT count(*) FROM placed)
"""
_FEED = "SELECT generation, last, forgotten FROM foundation_feed WHERE programme = %s::bigint"
_AFTER = """
SELECT last, events, told::text, written_at FROM foundation_outbox
WHERE programme = %s::bigint AND last > %s::bigint ORDER BY last LIMIT %s::bigint
"""
_FORGET = """
WITH old AS (
    DELETE FROM foundation_outbox WHERE programme = %s AND last IS NOT NULL AND written_at < %s RETURNING last, events
)
UPDATE foundation_feed SET forgotten = greatest(forgotten, (SELECT max(last) FROM old))
WHERE programme = %s AND EXISTS (SELECT 1 FROM old) RETURNING (SELECT sum(events) FROM old)
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """The order of one programme. `generation`: a word that changes when the books are put back from a backup, so that
    a position never means two events; `last` position given, `forgotten` the last that is no longer kept."""

    generation: str
    last: int
    forgotten: int


@dataclass(frozen=True, slots=True)
class Happened:
    """An event at its `position`. `said`: what it carries itself (`at`, `clause`, its own fields); None where its
    record, named by `reference`, says it."""

    position: int
    kind: str
    membership: int | None
    shop: int | None
    reference: str
    written_at: datetime
    said: dict[str, Any] | None


def telling(programme: int, events: Sequence[Event], written_at: datetime) -> list[Question[None]]:
    """Writes the events of one cause in its transaction, to be asked together with others; one row for all of them."""
    if not events:
        return []
    told = _encode([_told(event) for event in events]).decode()
    return [Question(_INSERT, [programme, len(events), told, written_at], lambda rows: None)]


def tell(programme: int, events: Sequence[Event], written_at: datetime) -> None:
    """`telling`, at once, inside the caller's transaction."""
    for question in telling(programme, events, written_at):
        ask(question)


def _told(event: Event) -> list[Any]:
    head = [type(event).__name__, event.membership, event.shop, event.reference]
    return [*head, {"at": event.at, "clause": event.clause, **event.said()}] if isinstance(event, Told) else head


def give_positions(programme: int) -> None:
    """Place everything that is committed and not placed yet. Where the disk is nearly full it waits for room."""
    if not hot_rows(_WAITING, [programme])[0][0]:
        return
    with suppress(DiskNearlyFull):
        while in_transaction(lambda: _place(programme)) == PLACED_AT_ONCE:
            pass


def _place(programme: int) -> int:
    """One giver at a time: the next one sees what this one placed."""
    locked = hot_rows(_LOCK, [programme])
    if not locked:
        hot_rows(_BEGIN, [programme, _word()])
        locked = hot_rows(_LOCK, [programme])
    placed = hot_rows(_PLACE, {"programme": programme, "last": locked[0][0], "most": PLACED_AT_ONCE})
    return int(placed[0][0]) if placed else 0


def _word() -> str:
    return secrets.token_hex(4)


def feed_of(programme: int) -> Feed:
    """How far the order of a programme has come; begun where nothing was ever told."""
    rows = hot_rows(_FEED, [programme])
    if not rows:
        in_transaction(lambda: hot_rows(_BEGIN, [programme, _word()]))
        rows = hot_rows(_FEED, [programme])
    return Feed(*rows[0])


def happened(programme: int, *, after: int, limit: int) -> list[Happened]:
    """Up to `limit` placed events behind position `after`, in order."""
    found: list[Happened] = []
    while len(found) < limit:
        rows = hot_rows(_AFTER, [programme, after, min(100, limit - len(found))])
        if not rows:
            break
        for row in rows:
            found += [each for each in _unfolded(row) if each.position > after]
        after = rows[-1][0]
    return found[:limit]


def _unfolded(row: Row) -> list[Happened]:
    """The events of one row, the first of them at the first of its positions."""
    last, events, told, written_at = row
    first = last - events + 1
    return [
        Happened(first + place, kind, membership, shop, reference, written_at, rest[0] if rest else None)
        for place, (kind, membership, shop, reference, *rest) in enumerate(_decode(told))
    ]


def forget_events(programme: int, *, before: datetime) -> int:
    """Let go of events written before a moment; how many. Their records stay where they are."""
    give_positions(programme)

    def do() -> int:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [programme, before, programme])
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    return in_transaction(do)


def renew_feeds() -> None:
    """Every programme's order gets a new word. For books put back from a backup: what was told after it was made is
    gone, and its positions will be given to other events."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_feed SET generation = substr(md5(generation || %s), 1, 8)", [_word()])
