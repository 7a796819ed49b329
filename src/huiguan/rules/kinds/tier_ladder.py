"""Tier ladder: the rungs, and the measure by which a member steps up.

"Spending 10,000 within half a year makes a diamond card" sums a measure over a rolling window of months that ends on
the day of the sale; reaching the amount exactly is enough. The step counts from the moment after the sale: the sale
itself is still priced on the old rung. A return may withdraw a step its sale had brought. Where a tier begins with its
card, reaching the amount makes the card due and handing it out makes the step. What a year of the card takes to stay is
judged at the year's end; who falls short falls one rung.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.moments import add_months
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Reason, Refuse, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme

ROOM = "members"
TITLE = Text(zh="等级与晋级", en="Tiers and promotion")


class Title(Base):
    zh: str
    en: str


class Rung(Base):
    """A tier by its word, and what people call it."""

    tier: Slug
    title: Title


class Step(Base):
    """From one rung to a higher one when `measure` over the last `months` reaches `reach` (yuan for spend)."""

    since: Slug
    to: Slug
    measure: Slug = "spend"
    reach: Yuan
    months: Positive


class Keep(Base):
    """Who stands on `tier` and spends less than `reach` in a year of the card falls to `falls_to`, and the card is void
    where `card` says so."""

    tier: Slug
    measure: Slug = "spend"
    reach: Yuan
    falls_to: Slug
    card: Literal["stays", "void"] = "stays"


class Parameters(Base):
    """`rungs` from low to high, once; `promote` steps; `returns` whether a return may withdraw the step it brought;
    `with_card`: these tiers begin when their card is handed out; `keep`: what each year of the card takes."""

    rungs: list[Rung] = []
    promote: list[Step] = []
    returns: Literal["withdraw", "keep"] = "withdraw"
    with_card: list[Slug] = []
    keep: list[Keep] = []


SAYS = {
    "promoted": Text(
        zh="近 {months} 个月累计 {total:yuan}，满 {reach:yuan}，晋级{to}。",
        en="{total:yuan} in the last {months} months reaches {reach:yuan}: now {to}.",
    ),
    "gap": Text(
        zh="近 {months} 个月累计 {total:yuan}，再消费 {gap:yuan} 晋级{to}。",
        en="{total:yuan} in the last {months} months; {gap:yuan} more makes {to}.",
    ),
    "withdrawn": Text(
        zh="退货后近 {months} 个月累计 {total:yuan}，不足 {reach:yuan}，恢复为{to}。",
        en="After the return the last {months} months come to {total:yuan}, below {reach:yuan}: back to {to}.",
    ),
    "card_due": Text(
        zh="近 {months} 个月累计 {total:yuan}，满 {reach:yuan}，可领{to}；领卡后开始享受。",
        en="{total:yuan} in the last {months} months reaches {reach:yuan}: the card of {to} is due, and counts once it is collected.",
    ),
    "not_reached": Text(
        zh="近 {months} 个月累计 {total:yuan}，未满 {reach:yuan}，还不能领{to}。",
        en="{total:yuan} in the last {months} months does not reach {reach:yuan}; the card of {to} cannot be issued yet.",
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


@once
def steps(programme: Programme) -> tuple[tuple[Clause, Step], ...]:
    """The steps up, each with the clause that names it."""
    return tuple((c, step) for c in programme.of("tier_ladder") for step in c.parameters.promote)  # type: ignore[attr-defined]


def window(day: date, months: int) -> tuple[date, date]:
    """The local days of a rolling window that ends on `day`, both included: six months to 30 June begin 31 December."""
    return add_months(day, -months) + timedelta(days=1), day


def months_back(programme: Programme) -> int:
    """How many months of measures the ladder looks back at most."""
    return max((step.months for _, step in steps(programme)), default=0)


def decide(
    programme: Programme, facts: MemberFacts, *, day: date, at: datetime, today: date, now: datetime
) -> Decision:
    """The step up after a sale on `day` (its tallies already in `facts`).

    A late sale may also fill the window of a later day up to `today`; the step then counts from `now`.
    """
    for clause, step in steps(programme):
        if step.since != facts.tier:
            continue
        later = sorted(d for d in facts.days if day < d <= today)
        for on in (day, *later):
            total = facts.sum(step.measure, *window(on, step.months))
            if total >= step.reach and step.to in with_card(programme):
                return _card_due(programme, facts, day, today)
            if total >= step.reach:
                effect = SetTier(clause.id, step.to, at if on == day else now, _values(programme, step, total))
                return Decision((effect,), (Reason(clause.id, "promoted", True, effect.values),))
        return Decision(reasons=(_gap(programme, clause, step, facts, day),))
    return Decision()


@once
def with_card(programme: Programme) -> frozenset[str]:
    """The tiers that begin when their card is handed out."""
    return frozenset(tier for c in programme.of("tier_ladder") for tier in c.parameters.with_card)  # type: ignore[attr-defined]


def _card_due(programme: Programme, facts: MemberFacts, day: date, today: date) -> Decision:
    """The highest card the days from `day` to `today` make due."""
    found = _highest(programme, facts, day, today)
    assert found is not None, "asked only where a step is reached"
    clause, step, total = found
    return Decision(reasons=(Reason(clause.id, "card_due", False, _values(programme, step, total)),))


def on_card(programme: Programme, facts: MemberFacts, *, day: date, at: datetime) -> Decision:
    """The tier a card brings that is handed out on `day`: the highest that the days since the present one began have
    reached. Refused where the present tier has no card and none is reached."""
    first = min(day, facts.tier_since.astimezone(programme.zone).date())
    found = _highest(programme, facts, first, day)
    if found is not None:
        clause, step, total = found
        effect = SetTier(clause.id, step.to, at, _values(programme, step, total))
        return Decision((effect,), (Reason(clause.id, "promoted", True, effect.values),))
    if facts.tier in with_card(programme) or not with_card(programme):
        return Decision()
    next_up = next(((c, s) for c, s in steps(programme) if s.since == facts.tier), None)
    if next_up is None:
        return Decision()
    why = Reason(next_up[0].id, "not_reached", False, _gap(programme, *next_up, facts, day).values)
    return Decision((Refuse(why.clause, "TierNotReached", "limit", "card", {"reason": why}),), (why,))


def first_card(programme: Programme) -> Decision:
    """Whether somebody who joins may be handed a card at once: not where the lowest tier has none."""
    tier, _ = entry_tier(programme)
    if not with_card(programme) or tier in with_card(programme):
        return Decision()
    clause, step = next((c, s) for c, s in steps(programme) if s.since == tier)
    why = Reason(clause.id, "not_reached", False, _values(programme, step, 0))
    return Decision((Refuse(clause.id, "TierNotReached", "limit", "card", {"reason": why}),), (why,))


def _highest(programme: Programme, facts: MemberFacts, first: date, last: date) -> tuple[Clause, Step, int] | None:
    """The last of the steps up from the member's tier that some day from `first` to `last` reaches, with its total."""
    days = sorted({last, *(day for day in facts.days if first <= day <= last)})
    tier, found = facts.tier, None
    while True:
        step_up = next(((c, s) for c, s in steps(programme) if s.since == tier), None)
        if step_up is None:
            return found
        clause, step = step_up
        best = max(facts.sum(step.measure, *window(day, step.months)) for day in days)
        if best < step.reach:
            return found
        tier, found = step.to, (clause, step, best)


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
    for clause, step in steps(programme):
        if step.since == facts.tier:
            return _gap(programme, clause, step, facts, day)
    return None


def withdrawal(programme: Programme, facts: MemberFacts, *, day: date, at: datetime, brought: bool) -> Decision:
    """After a return of a sale of `day` (measures already restated): the rung its sale had brought, withdrawn.

    A rung that a later day's spending has reached by itself stays.
    """
    for clause, step in steps(programme):
        if step.to != facts.tier or not brought or clause.parameters.returns != "withdraw":  # type: ignore[attr-defined]
            continue
        total = facts.sum(step.measure, *window(day, step.months))
        if not any(_reached(step, facts, on) for on in (day, *(d for d in facts.days if d > day))):
            values = {**_values(programme, step, total), "to": title_of(programme, step.since)}
            return Decision(
                (SetTier(clause.id, step.since, at, values),), (Reason(clause.id, "withdrawn", False, values),)
            )
    return Decision()


def _reached(step: Step, facts: MemberFacts, on: date) -> bool:
    return facts.sum(step.measure, *window(on, step.months)) >= step.reach


def _gap(programme: Programme, clause: Clause, step: Step, facts: MemberFacts, day: date) -> Reason:
    total = facts.sum(step.measure, *window(day, step.months))
    return Reason(clause.id, "gap", False, {**_values(programme, step, total), "gap": max(0, step.reach - total)})


def _values(programme: Programme, step: Step, total: int) -> dict[str, object]:
    return {
        "months": step.months,
        "total": total,
        "reach": step.reach,
        "to": title_of(programme, step.to),
        "tier": step.to,
    }
