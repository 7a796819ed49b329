"""/members/{member}/users: who else may use her account; /referrals: who brought her, and whom she brought."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import bringing, schemas
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, told_reasons
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


@router.get(
    "/members/{member}/users",
    **described(
        name="authorised_users", gives=schemas.UsersPage,
        does=Text(zh="谁可以共用账号", en="Who else may use a member's account"),
    ),
)  # fmt: skip
def listed(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    found = queries.authorised_users(actor_of(request), member, moment_asked(at))
    return answer({"items": [named(schemas.UserAnswer, each) for each in found], "next": None})


@router.post(
    "/members/{member}/users",
    **described(
        name="authorise_user", takes=inputs.AuthoriseUser, fixed=("member",), gives=schemas.UserAnswer, status=201,
        write=True, does=Text(zh="登记共用人", en="Let somebody else use the account"),
    ),
)  # fmt: skip
def authorise(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.authorise_user, given(request, inputs.AuthoriseUser, member=member), schemas.UserAnswer
    )


@router.delete(
    "/members/{member}/users/{name}",
    **described(
        name="withdraw_user", gives=schemas.UserAnswer, write=True,
        does=Text(zh="取消共用人", en="Take somebody off the list"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, member: str, name: str) -> HttpResponse:
    asked = read(inputs.WithdrawUser, {"member": member, "name": name})
    return done(request, members.withdraw_user, asked, schemas.UserAnswer, 200)


@router.get(
    "/members/{member}/referrals",
    **described(
        name="referrals", gives=bringing.ReferralsPage,
        does=Text(zh="推荐：推荐码，谁推荐的，推荐了谁", en="A member's referral code, who brought the member, whom the member brought"),
    ),
)  # fmt: skip
def referred(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    actor, when = actor_of(request), moment_asked(at)
    found = queries.referrals(actor, member, when)
    return answer(
        {
            "code": queries.referral_code(actor, member),
            "items": [
                {**named(bringing.ReferralAnswer, each), "reasons": told_reasons(actor, when, each.reasons)}
                for each in found
            ],
            "next": None,
        }
    )


@router.post(
    "/members/{member}/referrer",
    **described(
        name="name_referrer", takes=inputs.NameReferrer, fixed=("member",), gives=bringing.ReferralAnswer, status=201,
        write=True, does=Text(zh="登记推荐人", en="Note who brought a member"),
    ),
)  # fmt: skip
def refer(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.name_referrer, given(request, inputs.NameReferrer, member=member), bringing.ReferralAnswer
    )
