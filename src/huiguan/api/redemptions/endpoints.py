"""/redemptions, and gifts of a member's day."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.members.telling import told_done
from huiguan.api.redemptions.schemas import HandedOverAnswer, RedemptionAnswer, RedemptionsPage
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import ClaimInput, GiftReturnInput, RedeemInput
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.members import queries as members

router = Router(tags=["redemptions"])


@router.post(
    "/redemptions",
    **described(
        name="redeem_points", takes=RedeemInput, gives=RedemptionAnswer, status=201, write=True,
        does=Text(zh="以积分换礼品", en="Points for a gift"),
    ),
)  # fmt: skip
def redeem(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.redeem_points, given(request, RedeemInput))


@router.post(
    "/redemptions/{redemption}/return",
    **described(
        name="return_gift", takes=GiftReturnInput, fixed=("redemption",), gives=RedemptionAnswer, status=201, write=True,
        does=Text(zh="退回礼品，积分归还", en="A gift comes back, and its points with it"),
    ),
)  # fmt: skip
def give_back(request: HttpRequest, redemption: str) -> HttpResponse:
    return did(request, checkout.return_gift, given(request, GiftReturnInput, redemption=redemption))


@router.post(
    "/gift-claims",
    **described(
        name="claim_gift", takes=ClaimInput, gives=HandedOverAnswer, status=201, write=True,
        does=Text(zh="领取生日礼物", en="Hand over the gift of a member's day"),
    ),
)  # fmt: skip
def claim(request: HttpRequest) -> HttpResponse:
    actor, at, asked = actor_of(request), now(), given(request, ClaimInput)
    made = checkout.claim_gift(actor=actor, at=at, given=asked, key=key_of(request))
    return answer(told_done(HandedOverAnswer, actor, at, made), 201)


@router.get(
    "/members/{member}/redemptions",
    **described(name="redemptions", gives=RedemptionsPage, does=Text(zh="会员的兑换", en="A member's redemptions")),
)
def listed(request: HttpRequest, member: str) -> HttpResponse:
    actor = actor_of(request)
    rows = queries.redemptions(actor, members.membership(actor, member))
    return answer({"items": [replace(row, member=member) for row in rows], "next": None})
