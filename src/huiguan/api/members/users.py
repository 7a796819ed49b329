"""/members/{member}/users: who else may use her account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import schemas
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
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
