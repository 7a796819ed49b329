"""What the worker does: watch for what is to be told, send what a person asked for, let go of what is old."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import connections

from huiguan.foundation.jobs import job, nightly, wall_clock, watch
from huiguan.foundation.outbox import forget_events
from huiguan.hooks.feed import event
from huiguan.hooks.following import Post, attempt, body_of, deliver, due_subscriptions
from huiguan.hooks.keeping import client_for
from huiguan.hooks.models import Attempt, Subscription
from huiguan.hooks.operations import SEND
from huiguan.hooks.pinging import ping_body
from huiguan.hooks.values import PING
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.programme import queries as programmes

EVENTS_KEPT = timedelta(days=90)
ATTEMPTS_KEPT = timedelta(days=30)
SIDE_BY_SIDE = 8  # receivers told at once: a slow one holds up no other


@watch("hooks.deliver")
def look(clock: Callable[[], datetime]) -> bool:
    """One turn for every subscription with something to tell; whether anything was taken."""
    waiting = due_subscriptions(clock())
    if len(waiting) < 2:
        return any(deliver(each, Post(clock)) for each in waiting)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return any(list(pool.map(lambda each: _alone(each, clock), waiting)))


def _alone(subscription: int, clock: Callable[[], datetime]) -> int:
    try:
        return deliver(subscription, Post(clock))
    finally:
        connections.close_all()


@job(SEND, attempts=1)
def send_asked(hook: int, message: str, by: str) -> None:
    """Send one message out of turn: an event again, or a test."""
    row = Subscription.objects.get(pk=hook)
    post = Post(wall_clock)
    if message.startswith(PING.lower()):
        attempt(row, message, PING, ping_body(row, message, post.clock()), post, position=None, n=1, by=by)
        return
    try:
        found = event(client_for(system(row.programme_id), None, owner=row.client_id), message)
    except (Refusal, NotFound):  # forgotten, or its program revoked, since it was asked for
        return
    n = Attempt.objects.filter(subscription=row, message=message).count() + 1
    attempt(row, found.id, found.type, body_of(found), post, position=found.position, n=n, by=by)


@nightly("hooks.forget", cron="40 3 * * *")
def forget(at: datetime) -> None:
    """Events and attempts that were kept long enough."""
    for programme in programmes.programmes():
        forget_events(programme.id, before=at - EVENTS_KEPT)
    Attempt.objects.filter(at__lt=wall_clock() - ATTEMPTS_KEPT).delete()
