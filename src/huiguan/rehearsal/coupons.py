"""What an example may do and ask about coupons."""

from __future__ import annotations

from typing import Any

from huiguan.checkout import inputs as tills
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sold
from huiguan.checkout.inputs import coupons as given_of
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries as rights
from huiguan.entitlements.inputs import BringCodes, MakeCodes, StopBatch
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.rehearsal.doing import Deed, Given, plain_deed, sale_input
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told


def _make_codes(stage: Stage, actor: Actor, given: Given) -> Any:
    """A batch with its codes, as they are printed: what a worker makes is made at once."""
    made = entitlements.make_batch(actor=actor, at=stage.now, given=read(MakeCodes, given))
    entitlements.make_codes(batch=made.id)
    view = rights.batch(actor, made.id)
    return {**told(view), "codes": [code for code, _ in rights.codes_of(actor, made.id)]}


def weighed(stage: Stage, actor: Actor, given: Given) -> Any:
    """The coupons beside a sale: which may be used, why not the others, which are best."""
    return told(checkout.weigh_coupons(actor=actor, at=stage.now, given=sale_input(stage, given)))


def offers(stage: Stage, actor: Actor, given: Given) -> Any:
    """What may be claimed; with `member`, why she may not."""
    member = read(tills.MemberReference, {"number": str(given.pop("member"))}) if "member" in given else None
    return told(sold.coupon_offers(actor, stage.now, member))


def batches(stage: Stage, actor: Actor, given: Given) -> Any:
    """All batches of codes, newest first."""
    return told(rights.batches(actor))


DEEDS: dict[str, Deed] = {
    "claim_coupon": plain_deed(checkout.claim_coupon, given_of.CouponInput),
    "claim_code": plain_deed(checkout.claim_code, given_of.CodeInput),
    "hand_out_coupon": plain_deed(checkout.hand_out_coupon, given_of.HandOutInput),
    "accept_reserved": plain_deed(checkout.accept_reserved, given_of.HeldCouponInput),
    "lock_coupons": plain_deed(checkout.lock_coupons, given_of.LockInput),
    "release_coupons": plain_deed(checkout.release_coupons, given_of.ReleaseInput),
    "give_coupon": plain_deed(checkout.give_coupon, given_of.GiveInput),
    "accept_coupon": plain_deed(checkout.accept_coupon, given_of.CodeInput),
    "take_back_coupon": plain_deed(checkout.take_back_coupon, given_of.HeldCouponInput),
    "revoke_coupon": plain_deed(checkout.revoke_coupon, given_of.RevokeInput),
    "make_codes": _make_codes,
    "bring_codes": plain_deed(entitlements.bring_codes, BringCodes),
    "stop_batch": plain_deed(entitlements.stop_batch, StopBatch),
}
