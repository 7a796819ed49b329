"""A coupon given to a friend: pending until she accepts it, back by itself when she does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from huiguan.checkout.coupon_refusals import RightNotFree
from huiguan.checkout.coupons.holder import Holder, holder, key_of, refused, subject_of, view
from huiguan.checkout.coupons.keeping import demand_free, mark, performed
from huiguan.checkout.inputs.coupons import CodeInput, GiveInput, HeldCouponInput
from huiguan.checkout.values.coupons import CouponView, GivenCoupon
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import GiftCodeUnknown, GiftView, NewRight
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, local_day
from huiguan.ledger import operations as ledger
from huiguan.members import queries as members
from huiguan.rules.effects import Reason
from huiguan.rules.facts import RightFact
from huiguan.rules.kinds import coupon


def give_coupon(*, actor: Actor, at: datetime, given: GiveInput, key: str | None = None) -> GivenCoupon:
    """Give a coupon to a friend, who accepts it by the code answered, until the end of the clause's days or of the coupon.
    Refuses RightNotHeld, RightUsed, RightNotFree, OutsideWindow, CouponNotFor (the clause lets none be given)."""
    member = key_of(actor, given.member, "sell")

    def do() -> GivenCoupon:
        here = holder(actor, at, member)
        right = here.right(given.code)
        demand_free(here, right, "code")
        until = _until(here, right)
        gift = entitlements.open_gift(programme=actor.programme, membership=member, right=right.id, at=at, until=until)
        mark(actor, here, [right], "given", "gift", until, gift.code)
        return GivenCoupon(here.facts.number, right.code, gift.code, until)

    return performed("give_coupon", actor, at, subject_of(actor, member, given.member), given, key, GivenCoupon, do)


def _until(here: Holder, right: RightFact) -> datetime:
    clause = coupon.product_of(here.rulebook, right)
    days = coupon.terms(clause).give if clause else None
    if clause is None or days is None:
        told = coupon.told_of(clause, right) if clause else {"title": coupon.title_of(here.rulebook, right)}
        if clause is None:
            raise RightNotFree(field="code", why={"zh": "这张券不能转赠。", "en": "This coupon cannot be given on."})
        raise refused(here.rulebook, Reason(clause.id, "not_to_give", False, told), "code")
    zone = here.rulebook.zone
    until = at_day(local_day(here.at, zone) + timedelta(days=days + 1), zone)
    return min(until, right.valid_until) if right.valid_until else until


def accept_coupon(*, actor: Actor, at: datetime, given: CodeInput, key: str | None = None) -> CouponView:
    """A friend accepts a coupon: it is hers under its terms and with its end, and the giver's no more. Refuses
    GiftCodeUnknown (never there, accepted, taken back, or over), RightNotFree (one's own)."""
    friend = key_of(actor, given.member, "sell")

    def do() -> CouponView:
        gift = entitlements.gift_of(actor.programme, given.code)
        if gift is None:
            raise GiftCodeUnknown(field="code")
        giver = members.holder_of(gift.membership)
        if giver == friend:
            raise RightNotFree(field="code", why={"zh": "不能接受自己的转赠。", "en": "It is your own gift."})
        ledger.lock_accounts(sorted({giver, friend}))
        return _accepted(actor, at, gift, giver, friend)

    return performed("accept_coupon", actor, at, subject_of(actor, friend, given.member), given, key, CouponView, do)


def _accepted(actor: Actor, at: datetime, gift: GiftView, whose: int, friend: int) -> CouponView:
    giver = holder(actor, at, whose)
    offered = [held for held in giver.facts.rights if held.mark_for == gift.code and held.used_at is None]
    right = next((held for held in offered if held.marked(at) == "given"), None)
    if right is None:
        raise GiftCodeUnknown(field="code")
    here = holder(actor, at, friend)
    mark(actor, giver, [right], "taken", f"gift_to:{friend}")
    reference = f"gift:{gift.membership}-{gift.right}"
    new = NewRight(
        membership=friend,
        name=right.name,
        clause=right.clause,
        worth=right.worth,
        granted_at=at,
        valid_from=right.valid_from,
        valid_until=right.valid_until,
        occasion=f"{reference}:{gift.code}",
        cause=reference,
    )
    ((_, held),) = entitlements.grant_rights(programme=actor.programme, rights=[new], written_at=at)
    return replace(view(here, held), state="ready")


def take_back_coupon(*, actor: Actor, at: datetime, given: HeldCouponInput, key: str | None = None) -> CouponView:
    """A gift not accepted yet is taken back. Refuses RightNotHeld, RightNotFree (accepted already, or not given)."""
    member = key_of(actor, given.member, "sell")

    def do() -> CouponView:
        here = holder(actor, at, member)
        right = here.right(given.code)
        if right.marked(at) != "given":
            demand_free(here, right, "code")
            raise RightNotFree(field="code", why={"zh": "这张券没有在转赠。", "en": "This coupon is not being given."})
        mark(actor, here, [right], "returned", "gift")
        return view(here, right, state="ready")

    return performed("take_back_coupon", actor, at, subject_of(actor, member, given.member), given, key, CouponView, do)
