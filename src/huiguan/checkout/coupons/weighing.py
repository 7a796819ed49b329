"""All of a member's coupons beside one sale: which may be used, why not the others, and which leave the least to pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from huiguan.checkout.deciding import decided
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.quoting import Judged
from huiguan.checkout.telling import sentence, text_of
from huiguan.checkout.till import Till
from huiguan.checkout.values.coupons import Weighed, WeighedCoupon
from huiguan.kernel.actors import Actor
from huiguan.rules.effects import Reason
from huiguan.rules.facts import MemberFacts, RightFact, Sale
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands

MOST_TRIED = 6  # usable coupons, those that take most off, tried in every combination
NOBODY = Weighed((), (), 0, 0)


def weigh_coupons(*, actor: Actor, at: datetime, given: SaleInput) -> Weighed:
    """The coupons of the member beside this sale, whichever it asks for; the best choice is judged by the whole rulebook,
    discounts and all. Writes and locks nothing. A sale to nobody has none."""
    till = Till.open(actor, at, [given.model_copy(update={"vouchers": []})], lock=False)
    moment, shop = till.moment(given), till.shop(given)
    membership = till.membership(given)
    if not membership:
        return NOBODY
    rulebook = till.rulebook(moment)
    facts = as_it_stands(rulebook, till.facts_at(membership, moment), moment)
    sale = replace(till.sale_of(given, shop, moment, facts), vouchers=())
    plain = decided(rulebook, facts, sale)
    items = tuple(_beside(rulebook, facts, sale, plain))
    best, due = _best(rulebook, facts, sale, items, plain.bill.due)
    return Weighed(items, best, due, plain.bill.due)


def _beside(rulebook: Programme, facts: MemberFacts, sale: Sale, plain: Judged) -> Iterator[WeighedCoupon]:
    told = {reason.values.get("right"): reason for reason in plain.reasons if "right" in reason.values}
    for right in facts.rights:
        reason = told.get(right.id)
        if reason is None:
            continue
        usable = reason.say in ("ready", "coupon_ready")
        yield WeighedCoupon(
            code=right.code,
            coupon=right.name,
            title=text_of(coupon.title_of(rulebook, right)),
            usable=usable,
            off=_off(reason, plain) if usable else 0,
            why=_why(rulebook, reason),
            valid_until=right.valid_until,
        )


def _off(reason: Reason, plain: Judged) -> int:
    off = reason.values.get("off")
    return int(off) if off is not None else min(int(reason.values["worth"]), plain.bill.due)


def _why(rulebook: Programme, reason: Reason) -> Mapping[str, str]:
    return sentence(rulebook, reason)


def _best(
    rulebook: Programme, facts: MemberFacts, sale: Sale, items: tuple[WeighedCoupon, ...], without: int
) -> tuple[tuple[str, ...], int]:
    """The codes that leave the least to pay; of equals the fewest, then those that end first."""
    ends = {right.code: right for right in facts.rights}
    usable = sorted((each for each in items if each.usable and each.off), key=lambda each: (-each.off, each.code))
    tried: list[tuple[int, int, tuple[tuple[bool, datetime], ...], tuple[str, ...]]] = [(without, 0, (), ())]
    for codes in _choices([each.code for each in usable[:MOST_TRIED]]):
        judged = decided(rulebook, facts, replace(sale, vouchers=codes))
        if not judged.refuses:
            tried.append((judged.bill.due, len(codes), tuple(_end(ends[code]) for code in codes), codes))
    due, _, _, codes = min(tried)
    return codes, due


def _choices(codes: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(codes) + 1):
        yield from combinations(codes, size)


def _end(right: RightFact) -> tuple[bool, datetime]:
    return right.valid_until is None, right.valid_until or right.granted_at
