"""A sale that never was, judged by a rulebook: what one amount costs and earns on each rung. Pure; writes nothing.

The one who buys is as plain as can be: a member for a year, her card open and shown, her form complete, no birthday on
record, nothing asked for. So two rulebooks can be laid side by side, figure by figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.checkout.deciding import decided
from huiguan.kernel.moments import local_day
from huiguan.rules import countersigned
from huiguan.rules.facts import CardFact, Line, MemberFacts, Sale
from huiguan.rules.kinds import earn, tier_ladder
from huiguan.rules.programme import Programme


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a member on `tier` ('' where there are none) pays in fen, and the units she earns; `back`: what they stand
    for in fen, 0 where no clause says."""

    tier: str
    due: int
    earned: dict[str, int]
    back: int


def sampled(rulebook: Programme, *, amount: int, at: datetime) -> tuple[Sampled, ...]:
    """A purchase of one thing at its list price of `amount` fen at `at`, on each rung from low to high."""
    tiers = [rung.tier for rung in tier_ladder.rungs(rulebook)] or [""]
    return tuple(_on(rulebook, tier, amount, at) for tier in tiers)


def _on(rulebook: Programme, tier: str, amount: int, at: datetime) -> Sampled:
    line = Line("—", "", 1, amount, amount, ordinary_price=amount)
    shown = "phone" if _by_phone(rulebook) else "card"
    day, signed = local_day(at, rulebook.zone), countersigned.signers(rulebook)
    sale = Sale(at, day, "", (line,), shown=shown, card_named=True, signed=signed)
    judged = decided(rulebook, _member(tier, at), sale)
    back = sum(units * earn.worth_of(rulebook, unit) for unit, units in judged.earned.items())
    return Sampled(tier, judged.bill.due, judged.earned, back)


def _by_phone(rulebook: Programme) -> bool:
    held = {clause.parameters.what for clause in rulebook.of("credential")}  # type: ignore[attr-defined]
    return held == {"phone"}


def _member(tier: str, at: datetime) -> MemberFacts:
    joined = at - timedelta(days=365)
    return MemberFacts(
        membership=0,
        number="",
        standing="active",
        joined_at=joined,
        tier=tier,
        tier_since=joined,
        birthday=None,
        card=CardFact("—", "active", joined),
        profile_complete=True,
        opened_at=joined,
    )
