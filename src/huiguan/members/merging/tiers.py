"""Where a person stands whose two memberships are one, and after they are two again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from huiguan.kernel.moments import local_day
from huiguan.rules.effects import Reason, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme


@dataclass(frozen=True, slots=True)
class Stand:
    """The tier, by which clause (None: it was the other's), and why."""

    tier: str
    clause: str | None
    values: Mapping[str, Any]
    reasons: tuple[Reason, ...] = ()


def together(programme: Programme, facts: MemberFacts, other: str, at: datetime) -> Stand:
    """The higher of her tier and the `other`, and every step the days of both reach together: as if she had been one
    member on the days she was. `facts.days` already count for both."""
    start = higher(programme, facts.tier, other)
    clause = next((each.id for each in programme.of("tier_ladder")), None) if start != facts.tier else None
    stand = Stand(start, clause, {}, ())
    today = local_day(at, programme.zone)
    return _climbed(programme, facts, stand, min(facts.days, default=today), at)


def apart(programme: Programme, facts: MemberFacts, before: str, at: datetime) -> Stand:
    """The tier she had `before` the merge, and what her own days reach from there; `facts.days` count for her alone."""
    today = local_day(at, programme.zone)
    return _climbed(programme, facts, Stand(before, None, {}), min(facts.days, default=today), at)


def higher(programme: Programme, one: str, other: str) -> str:
    """The tier further up the ladder."""
    places = {rung.tier: place for place, rung in enumerate(tier_ladder.rungs(programme))}
    return max(one, other, key=lambda tier: places.get(tier, -1))


def _climbed(programme: Programme, facts: MemberFacts, stand: Stand, first: date, at: datetime) -> Stand:
    today, reasons = local_day(at, programme.zone), stand.reasons
    for _ in tier_ladder.rungs(programme):
        facts = replace(facts, tier=stand.tier)
        decision = tier_ladder.decide(programme, facts, day=min(first, today), at=at, today=today, now=at)
        step = next((effect for effect in decision.effects if isinstance(effect, SetTier)), None)
        reasons = (*stand.reasons, *decision.reasons)
        if step is None:
            break
        stand = Stand(step.tier, step.clause, step.values, reasons)
    return replace(stand, reasons=reasons)
