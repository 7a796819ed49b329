"""How coupons come to members: taken as an offer, turned in by code, handed out, reserved."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.coupons.holder import Holder, give, holder, key_of, refused, subject_of, view
from huiguan.checkout.coupons.keeping import performed
from huiguan.checkout.inputs.coupons import CodeInput, CouponInput, HandOutInput
from huiguan.checkout.values.coupons import CouponView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import CodeOver, CodeUnknown, CouponUnknown, FoundCode, typed_claim
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, moment_of
from huiguan.members import queries as members
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import coupon
from huiguan.rules.programme import Clause


def claim_coupon(*, actor: Actor, at: datetime, given: CouponInput, key: str | None = None) -> CouponView:
    """A member takes an offer of the rulebook. Refuses CouponUnknown, CouponNotOffered, OutsideWindow, CouponNotFor (her
    tier), LimitReached (she had hers), AllGone (the quota, or the shop's)."""
    member = key_of(actor, given.member, "sell")
    shop = identity.shop(actor.programme, given.shop).id if given.shop else None

    def do() -> CouponView:
        here = holder(actor, at, member)
        clause = product(here, given.coupon)
        stop = coupon.claiming(here.rulebook, clause, here.facts, at, here.before)
        if stop is not None:
            raise refused(here.rulebook, stop, "coupon")
        take_from_quota(actor, here, clause, shop)
        return _given(actor, here, clause, "claim")

    return performed("claim_coupon", actor, at, subject_of(actor, member, given.member), given, key, CouponView, do)


def product(here: Holder, name: str) -> Clause:
    """The clause that describes a coupon; CouponUnknown."""
    clause = coupon.products(here.rulebook).get(name)
    if clause is None:
        raise CouponUnknown(field="coupon", coupon=name)
    return clause


def pool_of(clause: Clause) -> str:
    return f"claim:{coupon.terms(clause).name}"


def take_from_quota(actor: Actor, here: Holder, clause: Clause, shop: int | None) -> None:
    """One of all there are, and of the shop's; AllGone where none is left. Reservations that are over are free again."""
    claim = coupon.terms(clause).claim
    if claim is None:
        return
    span = coupon.span_name(claim.per, local_day(here.at, here.rulebook.zone))
    for of, place in ((claim.quota, 0), (claim.shop_quota if shop else None, shop or 0)):
        taken = of is None or entitlements.take_from_pool(
            programme=actor.programme, name=pool_of(clause), of=of, span=span, shop=place
        )
        if not taken:
            raise refused(here.rulebook, Reason(clause.id, "all_gone", False, coupon.told_of(clause)), "coupon")


def _given(actor: Actor, here: Holder, clause: Clause, how: str, why: str = "") -> CouponView:
    """A coupon of the clause; with another house's code, where it is one of theirs."""
    number = sum(1 for right in here.facts.rights if right.name == coupon.terms(clause).name) + 1
    occasion = f"{how}:{local_day(here.at, here.rulebook.zone).isoformat()}:{number}"
    outside = _outside(actor, here, clause)
    held = give(actor, here, clause, occasion, f"{how}:{why}"[:120])
    if outside is not None:
        entitlements.claim_code(
            programme=actor.programme,
            found=outside,
            membership=here.facts.membership,
            right=held.id,
            at=here.at,
            written_at=here.at,
        )
    return view(here, held, outside=outside.code if outside else "")


def _outside(actor: Actor, here: Holder, clause: Clause) -> FoundCode | None:
    if not coupon.terms(clause).elsewhere:
        return None
    found = entitlements.next_outside_code(actor.programme, coupon.terms(clause).name, here.at)
    if found is None:
        raise refused(here.rulebook, Reason(clause.id, "all_gone", False, coupon.told_of(clause)), "coupon")
    return found


def claim_code(*, actor: Actor, at: datetime, given: CodeInput, key: str | None = None) -> CouponView:
    """A member turns a code in for its coupon, once. Refuses CodeUnknown, CodeOver (stopped or past its end), CodeTurnedIn,
    LimitReached (she had as many of the batch), OutsideWindow."""
    member = key_of(actor, given.member, "sell")
    code = typed_claim(given.code)

    def do() -> CouponView:
        if not entitlements.can_be(code):
            raise CodeUnknown(field="code")
        here = holder(actor, at, member)
        found = entitlements.find_code(actor.programme, code)
        if found is None:
            raise CodeUnknown(field="code")
        return _turned_in(actor, here, found)

    return performed(
        "claim_code",
        actor,
        at,
        subject_of(actor, member, given.member),
        given.model_copy(update={"code": code}),
        key,
        CouponView,
        do,
    )


def _turned_in(actor: Actor, here: Holder, found: FoundCode) -> CouponView:
    batch = found.batch
    if batch.stopped_at is not None or (batch.ends_at is not None and batch.ends_at <= here.at):
        raise CodeOver(field="code")
    clause = product(here, batch.coupon)
    if entitlements.turned_in(batch.id, members.lives_of(here.facts.membership)) >= batch.each:
        told = {**coupon.told_of(clause), "times": batch.each}
        raise refused(here.rulebook, Reason(clause.id, "had", False, told), "code")
    held = give(actor, here, clause, f"code:{found.code}", f"code:{batch.id}")
    entitlements.claim_code(
        programme=actor.programme,
        found=found,
        membership=here.facts.membership,
        right=held.id,
        at=here.at,
        written_at=here.at,
    )
    return view(here, held)


def hand_out_coupon(*, actor: Actor, at: datetime, given: HandOutInput, key: str | None = None) -> CouponView:
    """The house hands a member a coupon, beside every quota; with `until` it is reserved for her and hers once she claims
    it. Refuses CouponUnknown, OutsideWindow (its time is over), AllGone (another house's codes)."""
    actor.demand("coupons")
    member = key_of(actor, given.member, "coupons")

    def do() -> CouponView:
        here = holder(actor, at, member)
        made = _given(actor, here, product(here, given.coupon), "handed", given.reason)
        if given.until is None:
            return made
        until = moment_of(given.until, "until", here.rulebook.zone)
        return _reserved(actor, here, made, until)

    return performed("hand_out_coupon", actor, at, subject_of(actor, member, given.member), given, key, CouponView, do)


def _reserved(actor: Actor, here: Holder, made: CouponView, until: datetime) -> CouponView:
    now = holder(actor, here.at, here.facts.membership)
    right = now.right(made.code)
    mark = entitlements.NewMark(here.facts.membership, right.id, "reserved", here.at, "handed", until)
    entitlements.mark_rights(programme=actor.programme, marks=[mark], written_at=here.at)
    return view(now, right, outside=made.outside, state="reserved", until=until)
