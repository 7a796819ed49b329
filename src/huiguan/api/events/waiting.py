"""Waiting for what happens next, without keeping what others need: a place is taken, a database connection is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from django.db import connection

from huiguan.hooks import queries
from huiguan.hooks.values import FeedPage
from huiguan.kernel.actors import Actor

_LOOK_EVERY = 0.5  # seconds
_PLACES = threading.BoundedSemaphore(16)  # who comes when all wait is answered at once


def next_page(actor: Actor, *, after: str, limit: int, types: Sequence[str], wait: int) -> FeedPage:
    """The page behind a cursor; where it is empty, the first one that is not within `wait` seconds."""
    page = queries.page(actor, after=after, limit=limit, types=types)
    if page.items or page.more or not wait or not _PLACES.acquire(blocking=False):
        return page
    try:
        until = time.monotonic() + wait
        while not page.items and time.monotonic() < until:
            _step_aside()
            time.sleep(_LOOK_EVERY)
            if queries.anything_behind(actor, page.next):
                page = queries.page(actor, after=page.next, limit=limit, types=types)
        return page
    finally:
        _PLACES.release()


def _step_aside() -> None:
    """Give a pooled connection back while nothing is asked of it."""
    if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
        connection.close()
