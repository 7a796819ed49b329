"""What becomes of a coupon a member holds, beside being used: claimed out of a reservation, locked for an order and let
go, revoked by the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import BaseModel

from huiguan.checkout.coupon_refusals import RightNotFree
from huiguan.checkout.coupons.holder import Holder, holder, key_of, refused, subject_of, view
from huiguan.checkout.inputs.coupons import HeldCouponInput, LockInput, ReleaseInput, RevokeInput
from huiguan.checkout.refusals import RightUsed
from huiguan.checkout.values.coupons import CouponView, LockedCoupons
from huiguan.entitlements import operations as entitlements
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.rules.coupon_stops import stop_of_right
from huiguan.rules.facts import RightFact
from huiguan.rules.kinds import coupon

Answer = TypeVar("Answer")
_BY_CODE = ("claim_code", "accept_coupon")


def demand_free(here: Holder, right: RightFact, field: str, hold: str = "") -> None:
    """Refuse what stands against this coupon itself, whatever the sale: used, over, locked, given, revoked."""
    clause = coupon.product_of(here.rulebook, right)
    if clause is not None:
        stop = stop_of_right(here.rulebook, clause, right, here.at, hold)
        if stop is not None:
            raise refused(here.rulebook, stop, field)
        return
    if right.used_at is not None:
        raise RightUsed(field=field, why={"zh": "这张券已用过。", "en": "This coupon has been used."})
    if right.marked(here.at, hold) is not None:
        raise RightNotFree(field=field, why={"zh": "这张券现在不能用。", "en": "This coupon cannot be used now."})


def accept_reserved(*, actor: Actor, at: datetime, given: HeldCouponInput, key: str | None = None) -> CouponView:
    """A member claims what was reserved for her. Refuses RightNotHeld, RightNotFree (its time is over, or nothing was
    reserved)."""
    member = key_of(actor, given.member, "sell")

    def do() -> CouponView:
        here = holder(actor, at, member)
        right = here.right(given.code)
        if right.marked(at) != "reserved":
            demand_free(here, right, "code")
            raise RightNotFree(field="code", why={"zh": "这张券没有保留。", "en": "This coupon is not reserved."})
        mark(actor, here, [right], "released", "accepted")
        return view(here, right, state="ready")

    return performed("accept_reserved", actor, at, subject_of(actor, member, given.member), given, key, CouponView, do)


def lock_coupons(*, actor: Actor, at: datetime, given: LockInput, key: str | None = None) -> LockedCoupons:
    """Lock coupons for an order until it is paid: a sale that names the `hold` uses them, no other. Locking again
    prolongs it. The lock ends by itself. Refuses RightNotHeld, RightUsed, RightNotFree, OutsideWindow."""
    member = key_of(actor, given.member, "sell")

    def do() -> LockedCoupons:
        here = holder(actor, at, member)
        rights = [here.right(code) for code in dict.fromkeys(given.codes)]
        for right in rights:
            demand_free(here, right, "codes", given.order)
        until = at + timedelta(minutes=given.minutes)
        mark(actor, here, rights, "locked", f"order:{given.order}", until, given.order)
        return LockedCoupons(here.facts.number, given.order, tuple(right.code for right in rights), until)

    return performed("lock_coupons", actor, at, subject_of(actor, member, given.member), given, key, LockedCoupons, do)


def release_coupons(*, actor: Actor, at: datetime, given: ReleaseInput, key: str | None = None) -> LockedCoupons:
    """Let go what an order has locked; nothing where it has nothing locked any more."""
    member = key_of(actor, given.member, "sell")

    def do() -> LockedCoupons:
        here = holder(actor, at, member)
        held = [
            right
            for right in here.facts.rights
            if right.mark == "locked" and right.mark_for == given.order and right.used_at is None
        ]
        mark(actor, here, held, "released", f"order:{given.order}")
        return LockedCoupons(here.facts.number, given.order, (), None)

    return performed(
        "release_coupons", actor, at, subject_of(actor, member, given.member), given, key, LockedCoupons, do
    )


def revoke_coupon(*, actor: Actor, at: datetime, given: RevokeInput, key: str | None = None) -> CouponView:
    """The house takes a coupon back that is not used. Refuses RightNotHeld, RightUsed, RightNotFree (given away, or
    revoked already)."""
    actor.demand("coupons")
    member = key_of(actor, given.member, "coupons")

    def do() -> CouponView:
        here = holder(actor, at, member)
        right = here.right(given.code)
        if right.gone or right.used_at is not None:
            demand_free(here, right, "code")
        mark(actor, here, [right], "revoked", f"revoked:{given.reason}"[:120])
        return view(here, right, state="revoked")

    return performed("revoke_coupon", actor, at, subject_of(actor, member, given.member), given, key, CouponView, do)


def mark(
    actor: Actor,
    here: Holder,
    rights: list[RightFact],
    what: str,
    cause: str,
    until: datetime | None = None,
    mark_for: str = "",
) -> None:
    """The same mark on several of her coupons."""
    marks = [
        entitlements.NewMark(here.facts.membership, right.id, what, here.at, cause, until, mark_for) for right in rights
    ]
    entitlements.mark_rights(programme=actor.programme, marks=marks, written_at=here.at)


def performed(
    operation: str,
    actor: Actor,
    at: datetime,
    subject: str,
    given: BaseModel,
    key: str | None,
    returns: type[Answer],
    do: Callable[[], Answer],
) -> Answer:
    """One deed on a member's coupons. What a code is turned in by, or a gift taken, is no word for the audit: it opened
    something for whoever knew it."""
    secret = frozenset({"code"}) if operation in _BY_CODE else frozenset()
    return perform(
        operation, actor=actor, at=at, subject=subject, given=given, key=key, returns=returns, do=do, secret=secret
    )
