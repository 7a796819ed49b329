"""/members/{member}/card-freeze and what is decided about it; what waits to be looked at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import desks
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


@router.post(
    "/members/{member}/card-freeze",
    **described(
        name="freeze_card", takes=inputs.FreezeCard, fixed=("member",), gives=desks.FrozenCardAnswer, status=201,
        write=True, does=Text(zh="冻结会员卡", en="Freeze a card until somebody has looked"),
    ),
)  # fmt: skip
def freeze(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.FreezeCard, member=member)
    return done(request, members.freeze_card, asked, desks.FrozenCardAnswer)


@router.delete(
    "/members/{member}/card-freeze",
    **described(
        name="release_card", gives=desks.DecidedReviewAnswer, write=True,
        does=Text(zh="放行冻结的卡", en="Let a frozen card go"),
    ),
)  # fmt: skip
def release(request: HttpRequest, member: str, reason: str, presented: str | None = None) -> HttpResponse:
    told = {"member": member, "reason": reason, "presented": [presented] if presented else []}
    return done(request, members.release_card, read(inputs.ReleaseCard, told), desks.DecidedReviewAnswer, 200)


@router.post(
    "/members/{member}/card-freeze/confirmation",
    **described(
        name="confirm_review", takes=inputs.ConfirmReview, fixed=("member",), gives=desks.DecidedReviewAnswer,
        status=201, write=True, does=Text(zh="确认异常，维持冻结", en="Confirm what was found; the card stays frozen"),
    ),
)  # fmt: skip
def confirm(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.ConfirmReview, member=member)
    return done(request, members.confirm_review, asked, desks.DecidedReviewAnswer)


@router.get(
    "/card-reviews",
    **described(
        name="reviews", gives=desks.ReviewsPage,
        does=Text(zh="待复核的用卡；decided=true 为已复核的", en="Use of cards to be looked at, or what was decided"),
    ),
)  # fmt: skip
def listed(request: HttpRequest, decided: bool = False) -> HttpResponse:
    found = queries.reviews(actor_of(request), moment_asked(None), decided=decided)
    return answer({"items": [named(desks.ReviewAnswer, each) for each in found], "next": None})
