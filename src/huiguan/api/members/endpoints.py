"""/members: enrolling, standing, profile, openings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import cursor_of, given, moment_asked, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import schemas
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, shop_codes, told_member
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members
from huiguan.members.values import MemberHit

_Begins = Annotated[int, msgspec.Meta(ge=0, le=100_000)]  # how many of those found were told on earlier pages
router = Router(tags=["members"])


@router.get(
    "/members",
    **described(
        name="find_members", gives=schemas.HitsPage,
        does=Text(
            zh="按号码、卡、手机、尾号、姓名、拼音找会员；不写 search 就逐页列出全部",
            en="Members by number, card, phone, its tail, name, pinyin; without a search all of them, page by page",
        ),
    ),
)  # fmt: skip
def find(
    request: HttpRequest, search: str | None = None, cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    if search is None:
        found = queries.listed(actor, at=now(), after=place_of(cursor, str) or "", limit=size + 1)
        following = cursor_of(found[size - 1].number) if len(found) > size else None
        return _hits(actor, found[:size], following)
    begins = place_of(cursor, _Begins) or 0
    found = queries.find(actor, search, limit=begins + size + 1)[begins:]
    return _hits(actor, found[:size], cursor_of(begins + size) if len(found) > size else None)


def _hits(actor: Actor, found: Sequence[MemberHit], following: str | None) -> HttpResponse:
    shops = shop_codes(actor, [hit.shop for hit in found])
    items = [{**named(schemas.HitAnswer, hit), "shop": shops.get(hit.shop or 0)} for hit in found]
    return answer({"items": items, "next": following})


@router.post(
    "/members",
    **described(
        name="enrol_member", takes=inputs.EnrolMember, gives=schemas.EnrolledAnswer, status=201, write=True,
        does=Text(zh="办理入会", en="Enrol a member"),
    ),
)  # fmt: skip
def enrol(request: HttpRequest) -> HttpResponse:
    return done(request, members.enrol_member, given(request, inputs.EnrolMember), schemas.EnrolledAnswer)


@router.get(
    "/members/{member}",
    **described(name="member", gives=schemas.MemberAnswer, does=Text(zh="一位会员", en="One member")),
)
def one(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    return answer(told_member(actor, queries.member(actor, member, moment_asked(at))))


@router.patch(
    "/members/{member}/profile",
    **described(
        name="change_profile", takes=inputs.ChangeProfile, fixed=("member",), gives=schemas.ChangedProfileAnswer,
        write=True, does=Text(zh="修改资料", en="Change the profile"),
    ),
)  # fmt: skip
def change_profile(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request,
        members.change_profile,
        given(request, inputs.ChangeProfile, member=member),
        schemas.ChangedProfileAnswer,
        200,
    )


@router.post(
    "/members/{member}/suspension",
    **described(
        name="suspend_member", takes=inputs.SuspendMember, fixed=("member",), gives=schemas.ChangedStandingAnswer,
        status=201, write=True, does=Text(zh="暂停会员", en="Suspend a member"),
    ),
)  # fmt: skip
def suspend(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request,
        members.suspend_member,
        given(request, inputs.SuspendMember, member=member),
        schemas.ChangedStandingAnswer,
    )


@router.delete(
    "/members/{member}/suspension",
    **described(
        name="restore_member", gives=schemas.ChangedStandingAnswer, write=True,
        does=Text(zh="恢复会员", en="Lift a suspension"),
    ),
)  # fmt: skip
def restore(request: HttpRequest, member: str, reason: str) -> HttpResponse:
    told = {"member": member, "reason": reason}
    return done(request, members.restore_member, read(inputs.RestoreMember, told), schemas.ChangedStandingAnswer, 200)


@router.post(
    "/members/{member}/openings",
    **described(
        name="record_opening", takes=inputs.RecordOpening, fixed=("member",), gives=schemas.OpeningAnswer, status=201,
        write=True, does=Text(zh="凭单据录入期初积分与累计消费", en="Enter what a member brings from before, by its bill"),
    ),
)  # fmt: skip
def record_opening(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.record_opening, given(request, inputs.RecordOpening, member=member), schemas.OpeningAnswer
    )


@router.get(
    "/members/{member}/standing",
    **described(
        name="standing", gives=schemas.StandingAnswer,
        does=Text(zh="某一时刻的资格与等级", en="Standing and tier at a moment"),
    ),
)  # fmt: skip
def standing(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    stood = queries.standing(actor_of(request), member, moment_asked(at))
    return answer(named(schemas.StandingAnswer, stood))
