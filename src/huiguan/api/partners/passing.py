"""/members/{member}/gifts, its pool, its accounts at partners, and what of it is verified."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.partners import schemas
from huiguan.api.partners.doing import done, listed, told
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import VerifyMember
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs import partners as inputs
from huiguan.rewards.refusals import NotInPool, WayNotSaid

router = Router(tags=["partners"])
_GIFTS = Text(zh="积分转赠", en="gifts of points")


@router.post(
    "/members/{member}/gifts",
    **described(
        name="give_points", takes=inputs.GivePoints, fixed=("member",), gives=schemas.GiftAnswer, status=201, write=True,
        does=Text(zh="转赠积分", en="Pass points on"),
    ),
)  # fmt: skip
def give_points(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.give_points, inputs.GivePoints, member=member)


@router.get(
    "/members/{member}/gifts",
    **described(name="gifts", gives=schemas.GiftsPage, does=Text(zh="转赠记录", en="Points passed on and received")),
)
def gifts(request: HttpRequest, member: str) -> HttpResponse:
    return listed(queries.gifts(actor_of(request), now(), member=member))


@router.get(
    "/members/{member}/giving",
    **described(name="giving", gives=schemas.GivingAnswer, does=Text(zh="还能转赠多少", en="What may be passed on")),
)
def giving(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.giving(actor_of(request), now(), member=member)
    if found is None:
        raise WayNotSaid(what=_GIFTS)
    return answer(told(found))


@router.post(
    "/members/{member}/pool",
    **described(
        name="join_pool", takes=inputs.JoinPool, fixed=("member",), gives=schemas.PoolAnswer, status=201, write=True,
        does=Text(zh="共享积分", en="Share points"),
    ),
)  # fmt: skip
def join_pool(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.join_pool, inputs.JoinPool, member=member)


@router.get(
    "/members/{member}/pool",
    **described(name="pool", gives=schemas.PoolAnswer, does=Text(zh="与谁共享", en="With whom points are shared")),
)
def pool(request: HttpRequest, member: str) -> HttpResponse:
    found = queries.pool(actor_of(request), now(), member=member)
    if found is None:
        raise NotInPool(field="member")
    return answer(told(found))


@router.post(
    "/members/{member}/pool/leaving",
    **described(
        name="leave_pool", takes=inputs.LeavePool, fixed=("member",), gives=schemas.PoolAnswer, status=201, write=True,
        does=Text(zh="退出共享", en="Share no more"),
    ),
)  # fmt: skip
def leave_pool(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.leave_pool, inputs.LeavePool, member=member)


@router.post(
    "/members/{member}/pool/gathering",
    **described(
        name="gather_points", takes=inputs.GatherPoints, fixed=("member",), gives=schemas.GiftsPage, status=201,
        write=True, does=Text(zh="取用共享的积分", en="Gather points of who shares"),
    ),
)  # fmt: skip
def gather_points(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.gather_points, inputs.GatherPoints, member=member)


@router.get(
    "/members/{member}/pool/gathering",
    **described(
        name="gathered_points",
        gives=schemas.GiftsPage,
        does=Text(zh="谁取用了多少", en="Who gathered how much from whom"),
    ),
)
def gathered_points(request: HttpRequest, member: str) -> HttpResponse:
    return listed(queries.gathered(actor_of(request), now(), member=member))


@router.get(
    "/members/{member}/partner-accounts",
    **described(
        name="partner_accounts", gives=schemas.LinksPage, does=Text(zh="在合作方的账号", en="Accounts at partners")
    ),
)
def links(request: HttpRequest, member: str) -> HttpResponse:
    return listed(queries.links(actor_of(request), member=member))


@router.post(
    "/members/{member}/partner-accounts",
    **described(
        name="link_partner", takes=inputs.LinkPartner, fixed=("member",), gives=schemas.LinkAnswer, status=201,
        write=True, does=Text(zh="登记合作方账号", en="Name an account at a partner"),
    ),
)  # fmt: skip
def link_partner(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, operations.link_partner, inputs.LinkPartner, member=member)


@router.post(
    "/members/{member}/partner-accounts/{partner}/removal",
    **described(
        name="unlink_partner", takes=inputs.UnlinkPartner, fixed=("member", "partner"), gives=schemas.LinkAnswer,
        status=201, write=True, does=Text(zh="解除合作方账号", en="Remove an account at a partner"),
    ),
)  # fmt: skip
def unlink_partner(request: HttpRequest, member: str, partner: str) -> HttpResponse:
    return done(request, operations.unlink_partner, inputs.UnlinkPartner, member=member, partner=partner)


@router.post(
    "/members/{member}/verifications",
    **described(
        name="verify_member", takes=VerifyMember, fixed=("member",), gives=schemas.VerificationAnswer, status=201,
        write=True, does=Text(zh="登记核验结果", en="Write down what was verified"),
    ),
)  # fmt: skip
def verify_member(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, member_operations.verify_member, VerifyMember, member=member)


@router.get(
    "/members/{member}/verifications",
    **described(
        name="verifications", gives=schemas.VerificationsPage, does=Text(zh="核验到哪一步", en="What is verified")
    ),
)
def verifications(request: HttpRequest, member: str) -> HttpResponse:
    return listed(members.verifications(actor_of(request), member, now()))


@router.get(
    "/verifications/progress",
    **described(
        name="verification_progress",
        gives=schemas.ProgressPage,
        does=Text(zh="核验进度", en="How far verifying has come"),
    ),
)
def verification_progress(request: HttpRequest) -> HttpResponse:
    return listed(members.verification_progress(actor_of(request), now()))
