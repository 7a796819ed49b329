"""Coupons and vouchers on a sale: those asked for come off what is due, the others are offered or told off. Pure.

A plain voucher is worth what it was given with; what a coupon with a clause of its own (`coupon`) takes off, and when, that
clause says.
"""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.amounts import allocate
from huiguan.rules import couponing
from huiguan.rules.coupon_stops import stop as coupon_stop
from huiguan.rules.effects import Decision, PriceLine, Reason, Refuse, UseRight
from huiguan.rules.facts import Bill, MemberFacts, RightFact, Step
from huiguan.rules.kinds import coupon
from huiguan.rules.kinds.grant import COUPON, REFUSALS
from huiguan.rules.once import once
from huiguan.rules.programme import Clause, Programme


def use(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """The coupons a sale asks for come off what is due, in the order asked; held ones not asked for are offered, or it is
    said what they lack."""
    effects: list[PriceLine | UseRight | Refuse] = []
    reasons: list[Reason] = []
    for code in bill.sale.vouchers:
        right = next((held for held in facts.rights if held.code == code), None)
        stop = _stop_of(programme, right, code, facts, bill)
        if stop is not None or right is None:
            assert stop is not None
            name, rank = refusal_of(programme, stop)
            effects.append(Refuse(stop.clause, name, rank, "vouchers", {"reason": stop}))
            reasons.append(stop)
            continue
        step, reason = _taken(programme, right, bill)
        bill, facts = bill.after(step), facts.having_used(right, bill.sale.at)
        effects += [PriceLine(step.clause, step), UseRight(step.clause, right.id)]
        reasons.append(reason)
    asked = set(bill.sale.vouchers)
    offers = (_offered(programme, right, facts, bill) for right in facts.rights if right.code not in asked)
    return Decision(tuple(effects), (*reasons, *(offer for offer in offers if offer is not None)))


def refusal_of(programme: Programme, stop: Reason) -> tuple[str, str]:
    """What a stop refuses a coupon as, and its rank."""
    if programme.clauses[stop.clause].kind == "coupon":
        return coupon.REFUSALS[stop.say]
    return REFUSALS[stop.say.removeprefix(COUPON)]


def _stop_of(programme: Programme, right: RightFact | None, code: str, facts: MemberFacts, bill: Bill) -> Reason | None:
    product = coupon.product_of(programme, right) if right is not None else None
    if product is not None and right is not None:
        return coupon_stop(programme, product, right, facts, bill)
    return _stop(programme, right, code, bill) or _stop_of_company(programme, right, facts, bill)


def _taken(programme: Programme, right: RightFact, bill: Bill) -> tuple[Step, Reason]:
    """The coupon as a step of the bill, and the sentence about it."""
    product = coupon.product_of(programme, right)
    if product is not None:
        step = couponing.step_of(bill, product.id, right.id, coupon.terms(product))
        return step, Reason(product.id, "used", True, {**coupon.told_of(product, right), "off": step.off})
    step = voucher_step(bill, right.clause, right.id, right.worth)
    told = {**_of(programme, right), "off": step.off}
    return step, Reason(right.clause, _say(programme, right.clause, "used"), True, told)


def _offered(programme: Programme, right: RightFact, facts: MemberFacts, bill: Bill) -> Reason | None:
    """What is said of a coupon not asked for: that it might be used, or what stands against it. Of those used, over or
    gone nothing is said."""
    product = coupon.product_of(programme, right)
    if product is None:
        return _offer(programme, right, bill) if _open(right, bill.sale.at) else None
    if (
        coupon.terms(product).elsewhere
        or right.used_at is not None
        or right.gone
        or (right.valid_until and right.valid_until <= bill.sale.at)
    ):
        return None
    stop = coupon_stop(programme, product, right, facts, bill)
    if stop is not None:
        return stop
    off = couponing.step_of(bill, product.id, right.id, coupon.terms(product)).off
    return Reason(product.id, "ready", False, {**coupon.told_of(product, right), "off": off})


_GIVERS = ("grant", "redemption", "catalogue", "coupon")


@once
def any_given(programme: Programme) -> bool:
    """Whether a member may hold a coupon at all: one that is granted, or one that units were turned into."""
    rewards = (clause.parameters.rewards for clause in programme.of("redemption"))  # type: ignore[attr-defined]
    return bool(programme.of("grant") or programme.of("coupon") or programme.of("catalogue")) or any(rewards)


def voucher_step(bill: Bill, clause: str, right: int, worth: int) -> Step:
    """A voucher's worth, at most what is due, spread over the lines. No change is given."""
    return Step("voucher", clause, tuple(allocate(min(worth, bill.due), bill.due_lines)), right=right, worth=worth)


def _clause_of(programme: Programme, right: RightFact) -> Clause | None:
    return programme.first_of("grant", name=right.name)


def _open(right: RightFact, at: datetime) -> bool:
    return right.used_at is None and _valid(right, at) and right.marked(at) is None


def _valid(right: RightFact, at: datetime) -> bool:
    return right.valid_from <= at and (right.valid_until is None or at < right.valid_until)


def _offer(programme: Programme, right: RightFact, bill: Bill) -> Reason:
    say = "opening" if _barred_on_opening(programme, right) and bill.sale.opening else "ready"
    return Reason(right.clause, _say(programme, right.clause, say), False, _of(programme, right))


def _say(programme: Programme, clause: str, say: str) -> str:
    """The sentence's key in the kind of the clause that gave the coupon."""
    return say if programme.clauses[clause].kind == "grant" else f"{COUPON}{say}"


def _barred_on_opening(programme: Programme, right: RightFact) -> bool:
    clause = _clause_of(programme, right)
    return clause is not None and not clause.parameters.opening  # type: ignore[attr-defined]


def _stop(programme: Programme, right: RightFact | None, code: str, bill: Bill) -> Reason | None:
    if right is None:
        giver = next(clause for kind in _GIVERS for clause in programme.of(kind))
        return Reason(giver.id, _say(programme, giver.id, "unknown"), False, {"code": code})
    told = _of(programme, right)
    if not _valid(right, bill.sale.at):
        return Reason(right.clause, _say(programme, right.clause, "not_valid"), False, told)
    if bill.sale.opening and _barred_on_opening(programme, right):
        return Reason(right.clause, "opening", False, told)
    if right.used_at is not None:
        on = right.used_at.astimezone(programme.zone).date().isoformat()
        return Reason(right.clause, _say(programme, right.clause, "spent"), False, {**told, "on": on})
    if right.marked(bill.sale.at, bill.sale.hold) is not None:
        return Reason(right.clause, _say(programme, right.clause, "not_free"), False, told)
    return None


def _stop_of_company(programme: Programme, right: RightFact | None, facts: MemberFacts, bill: Bill) -> Reason | None:
    """A coupon on the sale already that this voucher does not go with, by that coupon's terms."""
    for step in bill.steps:
        other = next((held for held in facts.rights if held.id == step.right), None)
        product = coupon.product_of(programme, other) if other is not None else None
        if right is None or other is None or product is None:
            continue
        if {coupon.COUPONS, right.name} & set(coupon.terms(product).apart):
            told = {**coupon.told_of(product, other), "other": coupon.title_of(programme, right)}
            return Reason(product.id, "with_coupon", False, told)
    return None


def _of(programme: Programme, right: RightFact) -> dict[str, object]:
    title = programme.clauses[right.clause].title
    return {"title": {"zh": title.zh, "en": title.en}, "code": right.code, "worth": right.worth, "right": right.id}
