"""Tier ladder: the rungs, and the measure by which a member steps up.

"Spending 10,000 within half a year makes a diamond card" sums a measure over a rolling window of months that ends on
the day of the sale; reaching the amount exactly is enough. The step counts from the moment after the sale: the sale
itself is still priced on the old rung. A return may withdraw a step its sale had brought.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.moments import add_months
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Reason, SetTier
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


class Parameters(Base):
    """`rungs` from low to high, once; `promote` steps; `returns` whether a return may withdraw the step it brought."""

    rungs: list[Rung] = []
    promote: list[Step] = []
    returns: Literal["withdraw", "keep"] = "withdraw"


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
            if total >= step.reach:
                effect = SetTier(clause.id, step.to, at if on == day else now, _values(programme, step, total))
                return Decision((effect,), (Reason(clause.id, "promoted", True, effect.values),))
        return Decision(reasons=(_gap(programme, clause, step, facts, day),))
    return Decision()


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
