"""/coupon-…: what is done with coupons in members' hands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.callers import actor_of
from huiguan.api.coupons import schemas
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import MemberReference, SaleInput
from huiguan.checkout.inputs.coupons import (
    CodeInput,
    CouponInput,
    GiveInput,
    HandOutInput,
    HeldCouponInput,
    LockInput,
    ReleaseInput,
    RevokeInput,
)
from huiguan.checkout.values.coupons import CouponView
from huiguan.foundation.clock import now
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["coupons"])


def told(view: CouponView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in schemas.CouponAnswer.model_fields} | {"worth": as_yuan(view.worth)}


@router.get(
    "/coupon-offers",
    **described(name="coupon_offers", gives=schemas.OffersPage, does=Text(zh="可领的券", en="Coupons to be claimed")),
)
def offers(request: HttpRequest, member: str | None = None) -> HttpResponse:
    asked = MemberReference(number=member) if member else None
    return answer({"items": queries.coupon_offers(actor_of(request), now(), asked), "next": None})


@router.post(
    "/coupon-weighings",
    **described(
        name="weigh_coupons", takes=SaleInput, gives=schemas.WeighedAnswer,
        does=Text(zh="一单可用哪些券、最省用哪些，不写入", en="Which coupons a sale may use, and which are best; writes nothing"),
    ),
)  # fmt: skip
def weigh(request: HttpRequest) -> HttpResponse:
    seen = checkout.weigh_coupons(actor=actor_of(request), at=now(), given=given(request, SaleInput))
    items = [
        {name: getattr(item, name) for name in schemas.WeighedCouponAnswer.model_fields} | {"off": as_yuan(item.off)}
        for item in seen.items
    ]
    return answer({"items": items, "best": seen.best, "due": as_yuan(seen.due), "without": as_yuan(seen.without)})


@router.post(
    "/coupon-claims",
    **described(
        name="claim_coupon", takes=CouponInput, gives=schemas.CouponAnswer, status=201, write=True,
        does=Text(zh="会员领券", en="A member claims a coupon"),
    ),
)  # fmt: skip
def claim(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.claim_coupon, given(request, CouponInput), told)


@router.post(
    "/coupon-code-claims",
    **described(
        name="claim_code", takes=CodeInput, gives=schemas.CouponAnswer, status=201, write=True,
        does=Text(zh="以券码兑券", en="A code turned in for its coupon"),
    ),
)  # fmt: skip
def claim_code(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.claim_code, given(request, CodeInput), told)


@router.post(
    "/coupon-handouts",
    **described(
        name="hand_out_coupon", takes=HandOutInput, gives=schemas.CouponAnswer, status=201, write=True,
        does=Text(zh="向会员发券，或为其保留", en="Hand a member a coupon, or reserve it"),
    ),
)  # fmt: skip
def hand_out(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.hand_out_coupon, given(request, HandOutInput), told)


@router.post(
    "/coupon-acceptances",
    **described(
        name="accept_reserved", takes=HeldCouponInput, gives=schemas.CouponAnswer, write=True,
        does=Text(zh="领取为会员保留的券", en="Claim what was reserved"),
    ),
)  # fmt: skip
def accept_reserved(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.accept_reserved, given(request, HeldCouponInput), told, status=200)


@router.post(
    "/coupon-locks",
    **described(
        name="lock_coupons", takes=LockInput, gives=schemas.LockedCouponsAnswer, write=True,
        does=Text(zh="为未付的订单锁定券", en="Lock coupons for an order not paid yet"),
    ),
)  # fmt: skip
def lock(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.lock_coupons, given(request, LockInput), status=200)


@router.post(
    "/coupon-releases",
    **described(
        name="release_coupons", takes=ReleaseInput, gives=schemas.LockedCouponsAnswer, write=True,
        does=Text(zh="放开订单锁定的券", en="Let go what an order has locked"),
    ),
)  # fmt: skip
def release(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.release_coupons, given(request, ReleaseInput), status=200)


@router.post(
    "/coupon-gifts",
    **described(
        name="give_coupon", takes=GiveInput, gives=schemas.GivenCouponAnswer, status=201, write=True,
        does=Text(zh="把券转赠好友", en="Give a coupon to a friend"),
    ),
)  # fmt: skip
def give(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.give_coupon, given(request, GiveInput))


@router.post(
    "/coupon-gift-acceptances",
    **described(
        name="accept_coupon", takes=CodeInput, gives=schemas.CouponAnswer, status=201, write=True,
        does=Text(zh="接受好友转赠的券", en="Accept a friend's coupon"),
    ),
)  # fmt: skip
def accept(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.accept_coupon, given(request, CodeInput), told)


@router.post(
    "/coupon-gift-returns",
    **described(
        name="take_back_coupon", takes=HeldCouponInput, gives=schemas.CouponAnswer, write=True,
        does=Text(zh="收回未被接受的转赠", en="Take back a gift not accepted yet"),
    ),
)  # fmt: skip
def take_back(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.take_back_coupon, given(request, HeldCouponInput), told, status=200)


@router.post(
    "/coupon-revocations",
    **described(
        name="revoke_coupon", takes=RevokeInput, gives=schemas.CouponAnswer, write=True,
        does=Text(zh="收回会员未用的券", en="Revoke a member's unused coupon"),
    ),
)  # fmt: skip
def revoke(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.revoke_coupon, given(request, RevokeInput), told, status=200)
