"""What a measure that has an end gives back of tier and card: known when it is imposed, true from its moment on, written
down later. Pure.

The membership keeps the steps ahead, the earliest first: `tier` as moment, tier, clause and cause; `card` as moment, card
number, status, clause and cause.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.members.values import CARD_FROZEN, CARD_VOID

Ahead = Mapping[str, Any] | None
TIER, CARD = "tier", "card"
IMPOSED = "measure:"  # how the cause of what a measure did begins
_HELD = (CARD_FROZEN, CARD_VOID)
# The tier and when it came, and the newest card's status, at %(at)s as SQL over the rows `held` and `card`.
_STEP = """(SELECT step->>{part} FROM jsonb_array_elements(held.ahead->'{what}') AS step
        WHERE (step->>0)::timestamptz <= %(at)s{mine} ORDER BY (step->>0)::timestamptz DESC LIMIT 1)"""
_TIER = _STEP.format(part=1, what=TIER, mine="")
_SINCE = _STEP.format(part=0, what=TIER, mine="")
_CARD = _STEP.format(part=2, what=CARD, mine=" AND step->>1 = card.number")
TIER_NOW = f"CASE WHEN held.ahead IS NULL THEN held.tier ELSE coalesce({_TIER}, held.tier) END"
SINCE_NOW = (
    f"CASE WHEN held.ahead IS NULL THEN held.tier_since ELSE coalesce({_SINCE}::timestamptz, held.tier_since) END"
)
CARD_NOW = (
    f"CASE WHEN held.ahead IS NULL OR card.status NOT IN ('frozen', 'void') THEN card.status"
    f" ELSE coalesce({_CARD}, card.status) END"
)


def steps_read(told: Any) -> Ahead:
    """The column as a statement that is no query of the ORM gives it: text or read already."""
    read: Ahead = json.loads(told) if isinstance(told, str) else told
    return read


def tier_at(tier: str, since: datetime, ahead: Ahead, at: datetime) -> tuple[str, datetime]:
    """The tier at `at` and since when: as it is kept, but for the steps that are due."""
    for moment, to, *_ in due(ahead, TIER, at):
        tier, since = to, moment
    return tier, since


def card_at(number: str, status: str, ahead: Ahead, at: datetime) -> str:
    """What the newest card reads at `at`; one that was lost or replaced meanwhile stays so."""
    if status in _HELD:
        for _, of, to, *_ in due(ahead, CARD, at):
            status = to if of == number else status
    return status


def due(ahead: Ahead, what: str, at: datetime) -> list[tuple[Any, ...]]:
    """The steps that are due by `at`, each with its moment first."""
    if not ahead:
        return []
    steps = [(datetime.fromisoformat(step[0]), *step[1:]) for step in ahead.get(what, ())]
    return [step for step in steps if step[0] <= at]


def with_steps(ahead: Ahead, what: str, steps: Sequence[tuple[Any, ...]]) -> dict[str, Any] | None:
    """What is ahead with these steps in the place of those of before; None where nothing is."""
    rest = {name: kept for name, kept in (ahead or {}).items() if name != what}
    plain = [[moment.isoformat(), *others] for moment, *others in steps]
    return ({**rest, what: plain} if plain else rest) or None


def without_due(ahead: Ahead, at: datetime) -> dict[str, Any] | None:
    """What is ahead once everything due by `at` is written."""
    left = {
        name: [step for step in steps if datetime.fromisoformat(step[0]) > at] for name, steps in (ahead or {}).items()
    }
    return {name: steps for name, steps in left.items() if steps} or None
