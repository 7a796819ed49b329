"""/members: enrolling, standing, profile, openings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked, page_size
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import schemas
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, shop_codes, told_member
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


@router.get(
    "/members",
    **described(
        name="find_members", gives=schemas.HitsPage,
        does=Text(zh="按号码、卡、手机、尾号、姓名、拼音找会员", en="Members by number, card, phone, its tail, name, pinyin"),
    ),
)  # fmt: skip
def find(request: HttpRequest, search: str, limit: int | None = None) -> HttpResponse:
    actor = actor_of(request)
    hits = queries.find(actor, search, limit=page_size(limit))
    shops = shop_codes(actor, [hit.shop for hit in hits])
    items = [{**named(schemas.HitAnswer, hit), "shop": shops.get(hit.shop or 0)} for hit in hits]
    return answer({"items": items, "next": None})


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
