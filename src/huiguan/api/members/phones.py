"""/members/{member}/phone: a number she has no more."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import schemas
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named
from huiguan.api.schemas import Answer
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


class PhoneAnswer(Answer):
    """A phone a member was found by, by its last four digits; `until` is null for the one she has."""

    tail: str
    since: datetime
    until: datetime | None


class PhonesPage(Answer):
    """Phones, newest first; all on one page."""

    items: list[PhoneAnswer]
    next: str | None


@router.get(
    "/members/{member}/phones",
    **described(name="phones", gives=PhonesPage, does=Text(zh="用过的手机号", en="The phones a member had")),
)
def listed(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.phones(actor_of(request), member)
    return answer({"items": [named(PhoneAnswer, each) for each in found], "next": None})


@router.delete(
    "/members/{member}/phone",
    **described(
        name="release_phone", gives=schemas.ChangedProfileAnswer, write=True,
        does=Text(zh="放开手机号", en="Give up a member's phone"),
    ),
)  # fmt: skip
def release(request: HttpRequest, member: str, reason: str) -> HttpResponse:
    asked = read(inputs.ReleasePhone, {"member": member, "reason": reason})
    return done(request, members.release_phone, asked, schemas.ChangedProfileAnswer, 200)
