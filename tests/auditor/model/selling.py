"""How a sale is judged: who buys, what was shown, what was asked for, what it costs and earns, which rung it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.auditor.model.answers import Refused
from tests.auditor.model.figures import Condition, Figures
from tests.auditor.model.people import Coupon, Member
from tests.auditor.model.pricing import Bill, Terms, bill

RANK_OF = {
    "in_person": ("NotInPerson", "credential"), "shown": ("CardNotShown", "credential"),
    "month": ("OutsideWindow", "window"), "opening": ("NotOnOpeningSale", "window"),
    "quota": ("LimitReached", "limit"),
}  # fmt: skip


@dataclass
class Judged:
    """A sale as decided, nothing done yet."""

    at: datetime
    member: Member | None
    unit_prices: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    opening: bool = False
    coupons: list[Coupon] = field(default_factory=list)
    benefit: str | None = None
    terms: Terms = Terms()
    bill: Bill | None = None
    found: list[Refused] = field(default_factory=list)


def judge(judged: Judged, given: dict[str, Any], figures: Figures, now: datetime) -> None:
    """Fill in coupons, points, benefit and bill of a member's sale whose lines are priced; `found` says what is wrong."""
    member, at = judged.member, judged.at
    assert member is not None
    judged.opening = member.is_opening(at)
    judged.found += coupon_refusals(judged, given, figures)
    shown = given.get("presented", "none")
    asked = list(dict.fromkeys(given.get("benefits", [])))
    holding = [name for name in figures.rates if name not in figures.asked]
    rate: Fraction | None = None
    for name in asked or holding:
        wrong = list(unmet(figures.conditions[name], judged, shown, given.get("buyer", "member"), name))
        if not wrong:
            judged.benefit, rate = name, rate_of(figures, name, member.tier_at(at))
        elif name in asked:
            judged.found.append(worst(wrong))
    points = given.get("points", 0)
    judged.terms = Terms(tuple(coupon.gift.worth for coupon in judged.coupons), points, rate)
    amounts = [price * pieces for price, pieces in zip(judged.unit_prices, judged.pieces, strict=True)]
    judged.bill = bill(amounts, judged.terms, figures)
    if points:
        wrong = list(points_refusals(member, points, at, figures, now))
        if points > judged.bill.before_points // figures.offset_worth:
            wrong.append(Refused("MoreThanDue", "limit", figures.way_clause))
        judged.found += wrong


def rate_of(figures: Figures, benefit: str, tier: str) -> Fraction:
    rates = figures.rates[benefit]
    return rates.get(tier, rates.get("any", Fraction(1)))


def coupon_refusals(judged: Judged, given: dict[str, Any], figures: Figures) -> Iterator[Refused]:
    """The coupons asked for, each once; what stands against one is told with the clause that gave it, of one that is not
    held with the first that gives any."""
    member, seen = judged.member, set()
    assert member is not None
    for owner, name, occasion in (tuple(each) for each in given.get("vouchers", [])):
        if (owner, name, occasion) in seen:
            continue
        seen.add((owner, name, occasion))
        held = [c for c in member.coupons if (c.owner, c.gift.name, c.occasion) == (owner, name, occasion)]
        if not held:
            yield Refused("RightNotHeld", "existence", figures.gifts[0].clause)
            continue
        coupon, wrong = held[0], []
        if coupon.used:
            wrong.append(Refused("RightUsed", "limit", coupon.gift.clause))
        if judged.at < coupon.since or (coupon.until and judged.at >= coupon.until):
            wrong.append(Refused("OutsideWindow", "window", coupon.gift.clause))
        if judged.opening and not coupon.gift.opening:
            wrong.append(Refused("NotOnOpeningSale", "window", coupon.gift.clause))
        yield from wrong
        if not wrong:
            judged.coupons.append(coupon)


def unmet(demands: tuple[Condition, ...], judged: Judged, shown: Any, buyer: str, benefit: str) -> Iterator[Refused]:
    """The conditions of a benefit that do not hold, in the order of the clauses."""
    member, at = judged.member, judged.at
    assert member is not None
    for demand in demands:
        code, rank = RANK_OF[demand.what]
        holds = {
            "in_person": buyer == "member",
            "shown": (shown if isinstance(shown, str) else "card") in (demand.value if demand.what == "shown" else ()),
            "month": member.birthday.month == at.month,
            "opening": not judged.opening,
            "quota": demand.what != "quota" or uses(member, benefit, demand.value, at) < int(demand.value["times"]),
        }[demand.what]
        if not holds:
            yield Refused(code, rank, demand.clause)


def uses(member: Member, benefit: str, quota: dict[str, str], at: datetime) -> int:
    if quota["per"] == "year":
        return member.uses_in_year(benefit, at.year)
    return sum(
        n
        for (name, day), n in member.benefits.items()
        if name == benefit and day.replace(day=1) == at.date().replace(day=1)
    )


def worst(wrong: list[Refused]) -> Refused:
    """The one of a benefit's faults that is told: the first of the highest rank."""
    ranks = ("credential", "window", "limit")
    return min(wrong, key=lambda each: ranks.index(each.rank))


def points_refusals(member: Member, points: int, at: datetime, figures: Figures, now: datetime) -> Iterator[Refused]:
    if at.month not in figures.months:
        yield Refused("OutsideWindow", "window", figures.turn_clause)
    elif member.turns_in(at) >= figures.turns:
        yield Refused("LimitReached", "limit", figures.turn_clause)
    if points > member.purse.available(at, now):
        yield Refused("BalanceTooLow", "balance", figures.way_clause)


def promotion(
    member: Member, at: datetime, paid: int, figures: Figures, now: datetime
) -> tuple[datetime, str, str] | None:
    """The step a sale brings: from when, from which rung, to which. The sale's own day first, then later days. Who has
    moved on since the moment of a late sale is not moved again."""
    tier = member.tier_at(at)
    for step in figures.steps:
        if step.since != tier or tier != member.tier_at(now):
            continue
        member.spend[at.date()] += paid
        own = member.window(at.date(), step.months) >= step.reach
        later = member.reaches(step, at.date(), now.date())
        member.spend[at.date()] -= paid
        if own:  # no rung is older than the membership
            return max(at, member.joined), step.since, step.to
        if later:
            return now, step.since, step.to
    return None
