"""Why a coupon may not be used on a sale: the first of what stands against it, in a sentence of its clause. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import PRECEDENCE
from huiguan.rules.couponing import base_of, fitting
from huiguan.rules.effects import Reason
from huiguan.rules.facts import Bill, MemberFacts, RightFact
from huiguan.rules.kinds.coupon import (
    COUPONS,
    DISCOUNT,
    POINTS,
    REFUSALS,
    Parameters,
    product_of,
    span,
    terms,
    title_of,
    told_of,
)
from huiguan.rules.programme import Clause, Programme

# What the last mark on a coupon says to whoever wants to use it.
_MARKED = {"given": "giving", "taken": "given_away"}


def stop(programme: Programme, clause: Clause, right: RightFact, facts: MemberFacts, bill: Bill) -> Reason | None:
    """Why the coupon may not be used on this sale, the first of the first rank; None where it may. `bill` is as the stage of
    coupons found it, with the coupons taken before this one."""
    given, told = terms(clause), told_of(clause, right)
    marked = stop_of_right(programme, clause, right, bill.sale.at, bill.sale.hold)
    found = [*([marked] if marked else []), *_stops(programme, clause, given, right, facts, bill, told)]
    return min(found, key=lambda each: PRECEDENCE.index(REFUSALS[each.say][1]), default=None)


def stop_of_right(
    programme: Programme, clause: Clause, right: RightFact, at: datetime, hold: str = ""
) -> Reason | None:
    """What stands against the coupon itself at `at`, whatever is bought; `hold` the order it may be locked for."""
    zone, told = programme.zone, told_of(clause, right)
    if at < right.valid_from:
        return Reason(clause.id, "not_yet", False, {**told, "on": local_day(right.valid_from, zone).isoformat()})
    if right.valid_until is not None and at >= right.valid_until:
        until = (right.valid_until - timedelta(seconds=1)).astimezone(zone).isoformat()
        return Reason(clause.id, "over", False, {**told, "until": until})
    if right.used_at is not None:
        return Reason(clause.id, "spent", False, {**told, "on": local_day(right.used_at, zone).isoformat()})
    mark = right.marked(at, hold)
    if mark is not None:
        until = right.mark_until.astimezone(zone).isoformat() if right.mark_until else ""
        return Reason(clause.id, _MARKED.get(mark, mark), False, {**told, "until": until})
    return None


def _stops(
    programme: Programme,
    clause: Clause,
    given: Parameters,
    right: RightFact,
    facts: MemberFacts,
    bill: Bill,
    told: dict[str, object],
) -> Iterator[Reason]:
    sale = bill.sale
    if given.tiers and facts.tier not in given.tiers:
        yield Reason(clause.id, "tier", False, told)
    if given.shops and sale.shop not in given.shops:
        yield Reason(clause.id, "shop", False, told)
    if given.elsewhere:
        yield Reason(clause.id, "elsewhere", False, told)
    if not any(fitting(bill, given.where)):
        yield Reason(clause.id, "not_these", False, told)
    yield from _company(programme, clause, given, right, facts, bill, told)
    yield from _used_up(programme, clause, given, facts, sale.day, told)
    base = base_of(bill, given.where)
    if base < given.minimum:
        yield Reason(
            clause.id, "short", False, {**told, "minimum": given.minimum, "has": base, "gap": given.minimum - base}
        )


def _company(
    programme: Programme,
    clause: Clause,
    given: Parameters,
    right: RightFact,
    facts: MemberFacts,
    bill: Bill,
    told: dict[str, object],
) -> Iterator[Reason]:
    """What is on the sale already, or asked for, that this coupon does not go with, or that does not go with it."""
    for step in bill.steps:
        other = next((held for held in facts.rights if held.id == step.right), None)
        if other is not None and _apart(programme, given, right, other):
            yield Reason(clause.id, "with_coupon", False, {**told, "other": title_of(programme, other)})
    if POINTS in given.apart and bill.sale.points:
        yield Reason(clause.id, "with_points", False, told)
    if DISCOUNT in given.apart and any(step.rate is not None and step.right is None for step in bill.steps):
        yield Reason(clause.id, "with_discount", False, told)


def _apart(programme: Programme, given: Parameters, right: RightFact, other: RightFact) -> bool:
    theirs = product_of(programme, other)
    barred = set(terms(theirs).apart) if theirs else set()
    return COUPONS in given.apart or other.name in given.apart or COUPONS in barred or right.name in barred


def _used_up(
    programme: Programme, clause: Clause, given: Parameters, facts: MemberFacts, day: date, told: dict[str, object]
) -> Iterator[Reason]:
    if given.uses is None:
        return
    first, last = span(given.uses.per, day)
    days = [local_day(r.used_at, programme.zone) for r in facts.rights if r.name == given.name and r.used_at]
    used = [each for each in days if first <= each <= last]
    if len(used) >= given.uses.times:
        values = {"times": given.uses.times, "on": max(used).isoformat()}
        yield Reason(clause.id, "used_up", False, {**told, **values})
