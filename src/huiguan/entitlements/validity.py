"""Whether a right is good at a moment: read from its moments, its last use and its last mark, never stored. Pure."""

from __future__ import annotations

from datetime import datetime

from huiguan.rules.facts import RightFact

READY, WAITING, USED, EXPIRED = "ready", "waiting", "used", "expired"


def state_at(right: RightFact, at: datetime) -> str:
    """ready from `valid_from` until just before `valid_until`, unless a mark keeps it; a used one stays used."""
    if right.used_at is not None and right.used_at <= at:
        return USED
    mark = right.marked(at)
    if mark is not None and (right.gone or right.valid_until is None or at < right.valid_until):
        return mark
    if at < right.valid_from:
        return WAITING
    return READY if right.valid_until is None or at < right.valid_until else EXPIRED
