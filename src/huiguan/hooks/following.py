"""Telling each subscription what happened: one event after another in the feed's order, the next when one was taken.

A subscription is a reader of the feed whose cursor is kept here. The cursor moves after the receiver has answered, so a
worker that dies in between sends the event again, under the same id; nothing is passed over. An event that is not taken
holds back those behind it until it is, or until it is given up and the subscription stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.conf import settings

from huiguan.foundation.outbox import Feed, feed_of, give_positions
from huiguan.foundation.outward.addresses import Resolve, resolved
from huiguan.foundation.outward.sending import send
from huiguan.foundation.outward.signing import headers
from huiguan.foundation.outward.values import Sent
from huiguan.foundation.sealing import unseal
from huiguan.hooks.feed import page_from
from huiguan.hooks.models import Attempt, Subscription
from huiguan.hooks.values import ACTIVE, FORGOTTEN, GAVE_UP, GONE, RESTORED, REVOKED, STOPPED, FeedItem
from huiguan.hooks.waiting import pause_after
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.networks import networks_of

AT_ONCE = 50  # events of one turn of a subscription; the others have theirs in between
KEYS = ("id", "type", "at", "written_at", "member", "shop", "cause", "clause", "data")
_GONE_STATUS = 410
_encode = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Post:
    """What deliveries stand on: the wall's clock, how names are looked up, how pauses are spread."""

    clock: Callable[[], datetime]
    resolve: Resolve = resolved
    dice: Callable[[int, int], int] = random.randint


def body_of(item: FeedItem) -> bytes:
    """An event as it is posted: exactly as the feed tells it."""
    return _encode({name: getattr(item, name) for name in KEYS})


def due_subscriptions(at: datetime) -> list[int]:
    """Subscriptions with something to look at, and no pause to keep: those furthest behind in time first."""
    rows = Subscription.objects.filter(state=ACTIVE).exclude(retry_at__gt=at)
    held = list(rows.order_by("retry_at", "id").values_list("id", "programme_id", "position", "generation"))
    last: dict[int, Feed] = {}
    for programme in {programme for _, programme, _, _ in held}:
        give_positions(programme)
        last[programme] = feed_of(programme)
    return [
        key
        for key, programme, position, generation in held
        if position < last[programme].last or generation != last[programme].generation
    ]


def deliver(subscription: int, post: Post) -> int:
    """One turn of a subscription: its next events, until one is not taken; how many were."""
    row = Subscription.objects.filter(pk=subscription, state=ACTIVE).first()
    if row is None or (row.retry_at is not None and row.retry_at > post.clock()):
        return 0
    actor = identity.actor_of_program(row.client_id)
    feed = feed_of(row.programme_id)
    stop = REVOKED if actor is None else _broken_off(row, feed)
    if actor is None or stop:
        _stop(row, stop)
        return 0
    return _tell(row, actor, feed, post)


def _broken_off(row: Subscription, feed: Feed) -> str:
    if row.generation != feed.generation:
        return RESTORED
    return FORGOTTEN if row.position < feed.forgotten else ""


def _tell(row: Subscription, actor: Actor, feed: Feed, post: Post) -> int:
    page = page_from(actor, feed, row.position, limit=AT_ONCE, types=row.types)
    taken = 0
    for item in page.items:
        sent = attempt(row, item.id, item.type, body_of(item), post, position=item.position, n=row.failures + 1)
        if not sent.taken:
            _not_taken(row, item, sent, post)
            return taken
        taken += 1
        if not _move(row, item.position):
            return taken
    _move(row, page.position)
    return taken


def _move(row: Subscription, position: int) -> bool:
    """The cursor goes on, unless a person has paused it, stopped it or set it elsewhere meanwhile."""
    mine = Subscription.objects.filter(pk=row.pk, position=row.position, state=ACTIVE)
    moved = mine.update(position=position, failures=0, retry_at=None, failing_since=None)
    row.position, row.failures = position, 0
    return bool(moved)


def _not_taken(row: Subscription, item: FeedItem, sent: Sent, post: Post) -> None:
    """The event waits for its next attempt; given up, or told that the receiver is gone, the subscription stops."""
    row.failures += 1
    at = post.clock()
    pause = pause_after(row.failures, post.dice, sent.wait)
    mine = Subscription.objects.filter(pk=row.pk, position=row.position, state=ACTIVE)
    mine.filter(failing_since=None).update(failing_since=at)
    # What lies before the event was looked at and was not for it: the cursor stands right before the event.
    row.position = item.position - 1
    if sent.status == _GONE_STATUS:
        mine.update(failures=row.failures, state=STOPPED, reason=GONE, retry_at=None, position=row.position)
    elif pause is None:
        mine.update(failures=row.failures, state=STOPPED, reason=GAVE_UP, retry_at=None, position=row.position)
    else:
        mine.update(failures=row.failures, retry_at=at + pause, position=row.position)


def _stop(row: Subscription, reason: str) -> None:
    Subscription.objects.filter(pk=row.pk, state=ACTIVE).update(state=STOPPED, reason=reason, retry_at=None)


def attempt(
    row: Subscription,
    message: str,
    kind: str,
    body: bytes,
    post: Post,
    *,
    position: int | None,
    n: int,
    by: str = "",
) -> Sent:
    """Sign and send one message, and log what came of it."""
    at = post.clock()
    signed = headers(_secrets(row, at), message, int(at.timestamp()), body)
    sent = send(row.url, signed, body, networks=networks_of(settings.HUIGUAN_HOOK_NETWORKS), resolve=post.resolve)
    Attempt.objects.create(
        programme_id=row.programme_id,
        subscription=row,
        message=message,
        kind=kind,
        position=position,
        n=n,
        at=at,
        status=sent.status,
        ms=sent.ms,
        trouble=sent.trouble,
        answer=sent.answer,
        by=by,
    )
    return sent


def _secrets(row: Subscription, at: datetime) -> list[str]:
    """The newest first; the one before as long as it is good."""
    bound = bound_of(row.programme_id)
    secrets = [unseal(bytes(row.secret), bound=bound)]
    if row.old_secret is not None and row.old_secret_until is not None and at < row.old_secret_until:
        secrets.append(unseal(bytes(row.old_secret), bound=bound))
    return secrets


def bound_of(programme: int) -> str:
    """What a programme's secrets are bound to."""
    return f"hook:{programme}"
