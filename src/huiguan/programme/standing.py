"""Which version is in force: asked of the database every time, or once for a whole piece of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from huiguan.foundation.statements import Row, hot_rows

# Of one programme the first that has begun is in force.
TIMELINE = """
SELECT effective_from, id, digest FROM programme_version WHERE programme_id = %s
ORDER BY effective_from DESC, number DESC
"""
_IN_FORCE = """
SELECT effective_from, id, digest FROM programme_version WHERE programme_id = %s AND effective_from <= %s
ORDER BY effective_from DESC, number DESC LIMIT 1
"""
_read: ContextVar[dict[int, list[Row]] | None] = ContextVar("timelines read", default=None)


def version_at(programme: int, at: datetime) -> tuple[int, str] | None:
    """Key and digest of the version in force at `at`; None before the first."""
    held = _read.get()
    if held is None:
        rows = hot_rows(_IN_FORCE, [programme, at])
    else:
        if programme not in held:
            held[programme] = hot_rows(TIMELINE, [programme])
        rows = held[programme]
    return next(((key, digest) for begins, key, digest in rows if begins <= at), None)


@contextmanager
def versions_read_once() -> Iterator[None]:
    """Within the block the versions of a programme are read once, when they are first asked for. For work that asks again
    and again what is in force at one moment: what others publish meanwhile begins later, and counts from the next time."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_anew(programme: int) -> None:
    """Its versions have changed: they are read again."""
    (_read.get() or {}).pop(programme, None)
