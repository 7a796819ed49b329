"""Tier ladder: the rungs, and the measure by which a member steps up.

"Spending 10,000 within half a year makes a diamond card" sums a measure over a rolling window of months that ends on
the day of the sale; reaching the amount exactly is enough. The step counts from the moment after the sale: the sale
itself is still priced on the old rung. A return may withdraw a step its sale had brought. Where a tier begins with its
card, reaching the amount makes the card due and handing it out makes the step. What a year of the card takes to stay is
judged at the year's end; who falls short falls one rung. "Ten thousand, and a purchase in each of the last six months" is
a step and what its tier takes besides; "twelve purchases a year" climbs by a count. Each is a way up (`climbing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.climbing import (
    Also,
    Climb,
    Multiple,
    Part,
    Step,
    Way,
    first_reached,
    from_tier,
    highest,
    months_back,
    ways,
    window,
)
from huiguan.rules.effects import Decision, Reason, Refuse, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug, Yuan
from huiguan.rules.programme import Clause, Programme

__all__ = ["Also", "Climb", "Multiple", "Step", "months_back", "ways", "window"]

ROOM = "members"
TITLE = Text(zh="等级与晋级", en="Tiers and promotion")


class Title(Base):
    zh: str
    en: str


class Rung(Base):
    """A tier by its word, and what people call it."""

    tier: Slug
    title: Title


class Keep(Base):
    """Who stands on `tier` and spends less than `reach` in a year of the card falls to `falls_to`, and the card is void
    where `card` says so."""

    tier: Slug
    measure: Slug = "spend"
    reach: Yuan
    falls_to: Slug
    card: Literal["stays", "void"] = "stays"


class Parameters(Base):
    """`rungs` from low to high, once; `promote` steps by money, `multiply` those that follow the step below, `climb` steps by a count, any of them enough; `also` what
    a tier takes besides; `returns` whether a return may withdraw the step it brought;
    `with_card`: these tiers begin when their card is handed out; `keep`: what each year of the card takes."""

    rungs: list[Rung] = []
    promote: list[Step] = []
    multiply: list[Multiple] = []
    climb: list[Climb] = []
    also: list[Also] = []
    returns: Literal["withdraw", "keep"] = "withdraw"
    with_card: list[Slug] = []
    keep: list[Keep] = []


SAYS = {
    "promoted": Text(
        zh="{over}累计 {total:yuan}，满 {reach:yuan}，晋级{to}。",
        en="{total:yuan} {over} reaches {reach:yuan}: now {to}.",
    ),
    "promoted_by": Text(
        zh="{over}{measure} {total:points}，满 {reach:points}，晋级{to}。",
        en="{total:points} {measure} {over}, {reach:points} are asked for: now {to}.",
    ),
    "gap": Text(
        zh="{over}累计 {total:yuan}，再消费 {gap:yuan} 晋级{to}。",
        en="{total:yuan} {over}; {gap:yuan} more makes {to}.",
    ),
    "gap_by": Text(
        zh="{over}{measure} {total:points}，再有 {gap:points} 晋级{to}。",
        en="{total:points} {measure} {over}; {gap:points} more for {to}.",
    ),
    "withdrawn": Text(
        zh="退货后{over}累计 {total:yuan}，不足 {reach:yuan}，恢复为{to}。",
        en="After the return {total:yuan} {over}, below {reach:yuan}: back to {to}.",
    ),
    "withdrawn_by": Text(
        zh="退货后{over}{measure} {total:points}，不足 {reach:points}，恢复为{to}。",
        en="After the return {total:points} {measure} {over}, below {reach:points}: back to {to}.",
    ),
    "card_due": Text(
        zh="{over}累计 {total:yuan}，满 {reach:yuan}，可领{to}；领卡后开始享受。",
        en="{total:yuan} {over} reaches {reach:yuan}: the card of {to} is due, and counts once it is collected.",
    ),
    "card_due_by": Text(
        zh="{over}{measure} {total:points}，满 {reach:points}，可领{to}；领卡后开始享受。",
        en="{total:points} {measure} {over}, {reach:points} are asked for: the card of {to} is due, and counts once collected.",
    ),
    "not_reached": Text(
        zh="{over}累计 {total:yuan}，未满 {reach:yuan}，还不能领{to}。",
        en="{total:yuan} {over} does not reach {reach:yuan}; the card of {to} cannot be issued yet.",
    ),
    "not_reached_by": Text(
        zh="{over}{measure} {total:points}，未满 {reach:points}，还不能领{to}。",
        en="{total:points} {measure} {over}, {reach:points} are asked for; the card of {to} cannot be issued yet.",
    ),
    "kept": Text(
        zh="{first:day}至 {last:day}消费 {total:yuan}，满 {reach:yuan}，保留{to}。",
        en="{total:yuan} from {first:day} to {last:day} reaches {reach:yuan}: {to} is kept.",
    ),
    "fell": Text(
        zh="{first:day}至 {last:day}消费 {total:yuan}，不满 {reach:yuan}，自 {on:day}起为{to}。",
        en="{total:yuan} from {first:day} to {last:day} falls short of {reach:yuan}: {to} from {on:day} on.",
    ),
    "entry": Text(zh="入会即为{to}。", en="Joined as {to}."),
}


@once
def rungs(programme: Programme) -> tuple[Rung, ...]:
    """The tiers from low to high."""
    return tuple(
        rung
        for clause in programme.of("tier_ladder")
        for rung in clause.parameters.rungs  # type: ignore[attr-defined]
    )


def title_of(programme: Programme, tier: str) -> dict[str, str]:
    """What people call a tier, in both languages; the word itself where the rulebook does not know it."""
    for rung in rungs(programme):
        if rung.tier == tier:
            return {"zh": rung.title.zh, "en": rung.title.en}
    return {"zh": tier, "en": tier}


def entry_tier(programme: Programme) -> tuple[str, str | None]:
    """The lowest rung and the clause that names it; ('', None) where the rulebook has no tiers."""
    for clause in programme.of("tier_ladder"):
        if clause.parameters.rungs:  # type: ignore[attr-defined]
            return clause.parameters.rungs[0].tier, clause.id  # type: ignore[attr-defined]
    return "", None


def decide(
    programme: Programme, facts: MemberFacts, *, day: date, at: datetime, today: date, now: datetime
) -> Decision:
    """The steps up after a sale on `day` (its tallies already in `facts`), to the highest rung it reaches.

    A late sale may also fill the window of a later day up to `today`; the step then counts from `now`.
    """
    days = (day, *sorted(each for each in facts.days if day < each <= today))
    tier, top, late = facts.tier, None, False
    while (hit := first_reached(programme, facts, tier, days)) is not None:
        way, on = hit
        if way.to in with_card(programme):
            if top is None:
                return _card_due(programme, facts, day, today)
            break
        tier, top, late = way.to, hit, late or on != day
    if top is None:
        found = from_tier(programme, facts.tier)
        return Decision(reasons=tuple(_gap(programme, way, facts, day) for way in found[:1]))
    way, on = top
    part = way.parts[0]
    told = _values(programme, way, part, part.total(facts, on))
    effect = SetTier(way.clause.id, way.to, now if late else at, told)
    return Decision((effect,), (_reason(way, "promoted", True, told),))


@once
def with_card(programme: Programme) -> frozenset[str]:
    """The tiers that begin when their card is handed out."""
    return frozenset(tier for c in programme.of("tier_ladder") for tier in c.parameters.with_card)  # type: ignore[attr-defined]


def _card_due(programme: Programme, facts: MemberFacts, day: date, today: date) -> Decision:
    """The highest card the days from `day` to `today` make due."""
    found = highest(programme, facts, day, today)
    assert found is not None, "asked only where a step is reached"
    way, total = found
    return Decision(reasons=(_reason(way, "card_due", False, _values(programme, way, way.parts[0], total)),))


def on_card(programme: Programme, facts: MemberFacts, *, day: date, at: datetime) -> Decision:
    """The tier a card brings that is handed out on `day`: the highest that the days since the present one began have
    reached. Refused where the present tier has no card and none is reached."""
    first = min(day, facts.tier_since.astimezone(programme.zone).date())
    found = highest(programme, facts, first, day)
    if found is not None:
        way, total = found
        effect = SetTier(way.clause.id, way.to, at, _values(programme, way, way.parts[0], total))
        return Decision((effect,), (_reason(way, "promoted", True, effect.values),))
    if facts.tier in with_card(programme) or not with_card(programme):
        return Decision()
    next_up = next(iter(from_tier(programme, facts.tier)), None)
    if next_up is None:
        return Decision()
    return _no_card(next_up, _reason(next_up, "not_reached", False, _gap(programme, next_up, facts, day).values))


def first_card(programme: Programme) -> Decision:
    """Whether somebody who joins may be handed a card at once: not where the lowest tier has none."""
    tier, _ = entry_tier(programme)
    if not with_card(programme) or tier in with_card(programme):
        return Decision()
    way = from_tier(programme, tier)[0]
    return _no_card(way, _reason(way, "not_reached", False, _values(programme, way, way.parts[0], 0)))


def _no_card(way: Way, why: Reason) -> Decision:
    return Decision((Refuse(way.clause.id, "TierNotReached", "limit", "card", {"reason": why}),), (why,))


@once
def keeps(programme: Programme) -> dict[str, tuple[Clause, Keep]]:
    """What each year of the card takes to stay on a tier."""
    return {keep.tier: (c, keep) for c in programme.of("tier_ladder") for keep in c.parameters.keep}  # type: ignore[attr-defined]


def review(programme: Programme, facts: MemberFacts, *, first: date, last: date, at: datetime) -> Decision:
    """Whether the card's year of the local days `first` to `last` keeps the member on her tier; `at` is its end."""
    found = keeps(programme).get(facts.tier)
    if found is None:
        return Decision()
    clause, keep = found
    total = facts.sum(keep.measure, first, last)
    told = {"first": first.isoformat(), "last": last.isoformat(), "total": total, "reach": keep.reach}
    if total >= keep.reach:
        kept = {**told, "to": title_of(programme, facts.tier)}
        return Decision(reasons=(Reason(clause.id, "kept", True, kept),))
    on = (last + timedelta(days=1)).isoformat()
    values = {**told, "on": on, "to": title_of(programme, keep.falls_to), "tier": keep.falls_to, "card": keep.card}
    return Decision((SetTier(clause.id, keep.falls_to, at, values),), (Reason(clause.id, "fell", False, values),))


def gap(programme: Programme, facts: MemberFacts, day: date) -> Reason | None:
    """How far the next rung is on `day`; None on the highest."""
    found = from_tier(programme, facts.tier)
    return _gap(programme, found[0], facts, day) if found else None


def withdrawal(
    programme: Programme, facts: MemberFacts, *, day: date, at: datetime, brought: bool, before: str = ""
) -> Decision:
    """After a return of a sale of `day` (measures already restated): the rungs its sale had brought, withdrawn, down to
    the one `before` it at most; without that, one. A rung that a later day's spending has reached by itself stays.
    """
    days = (day, *(each for each in facts.days if each > day))
    tier, lost = facts.tier, None
    while brought and tier != before and (lost is None or before):
        down = [way for way in ways(programme) if way.to == tier]
        if not down or any(way.reached(facts, on) for way in down for on in days):
            break
        tier, lost = down[0].since, lost or down[0]
    if lost is None or lost.clause.parameters.returns != "withdraw":  # type: ignore[attr-defined]
        return Decision()
    values = {**_values(programme, lost, *lost.wanting(facts, day)), "to": title_of(programme, tier)}
    return Decision((SetTier(lost.clause.id, tier, at, values),), (_reason(lost, "withdrawn", False, values),))


def _gap(programme: Programme, way: Way, facts: MemberFacts, day: date) -> Reason:
    part, total = way.wanting(facts, day)
    told = {**_values(programme, way, part, total), "gap": max(0, part.reach - total)}
    return _reason(way, "gap", False, told)


def says(say: str, values: Mapping[str, object]) -> str:
    """The sentence that tells these values: of money, of a count, or of a year of the card."""
    if "first" in values:
        return "fell"
    return f"{say}_by" if "measure" in values else say


def _reason(way: Way, say: str, given: bool, values: Mapping[str, object]) -> Reason:
    return Reason(way.clause.id, says(say, values), given, values)


def _values(programme: Programme, way: Way, part: Part, total: int) -> dict[str, object]:
    return {**part.told(programme, total), "to": title_of(programme, way.to), "tier": way.to}
