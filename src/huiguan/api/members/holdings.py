"""/members/{member}: balances, entries, lots, rights; segments and faults."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer, page
from huiguan.api.asking import moment_asked, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import books, schemas, telling
from huiguan.api.members.endpoints import router as router
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.members import queries as members
from huiguan.programme import queries as programmes


@router.get(
    "/members/{member}/balances",
    **described(name="balances", gives=books.BalancesAnswer, does=Text(zh="余额", en="What a member holds")),
)
def balances(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    key = members.membership(actor, member)
    held = ledger.balances_at(actor=actor, membership=key, at=moment)
    return answer({"member": members.numbers(actor.programme, [key])[key], "at": moment, "balances": held})


@router.get(
    "/members/{member}/entries",
    **described(name="entries", gives=books.EntriesPage, does=Text(zh="流水，新的在前", en="The ledger, newest first")),
)
def entries(
    request: HttpRequest, member: str, unit: str = "points", cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    found = ledger.entries(
        actor=actor,
        membership=members.membership(actor, member),
        unit=unit,
        after=place_of(cursor, tuple[int, int]),
        limit=size + 1,
    )
    return page(found, size, lambda last: (last.seq, last.n), telling.told_entry)


@router.get(
    "/members/{member}/lots",
    **described(name="lots", gives=books.LotsPage, does=Text(zh="批次，旧的在前", en="Lots, oldest first")),
)
def lots(request: HttpRequest, member: str, unit: str = "points", at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    key = members.membership(actor, member)
    found = ledger.lots_at(actor=actor, membership=key, unit=unit, at=moment_asked(at))
    return answer({"items": [telling.told_lot(lot) for lot in found], "next": None})


@router.get(
    "/members/{member}/rights",
    **described(name="rights", gives=schemas.RightsPage, does=Text(zh="券与权益，新的在前", en="Rights, newest first")),
)
def rights(request: HttpRequest, member: str, at: str | None = None) -> HttpResponse:
    found = members.rights(actor_of(request), member, moment_asked(at))
    return answer({"items": [telling.told_right(held) for held in found], "next": None})


@router.get(
    "/profile-faults",
    **described(
        name="profile_faults", gives=schemas.FaultsPage,
        does=Text(zh="资料不全或迟录的会员", en="Members whose data is missing or was late"),
    ),
)  # fmt: skip
def profile_faults(request: HttpRequest, shop: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    place = identity.shop(actor.programme, shop).id if shop else None
    found = members.profile_faults(actor, moment_asked(None), shop=place)
    shops = telling.shop_codes(actor, [fault.shop for fault in found])
    return answer({"items": [telling.told_fault(fault, shops) for fault in found], "next": None})


@router.get(
    "/segments/{segment}/members",
    **described(name="segment", gives=schemas.SegmentPage, does=Text(zh="分群里的会员", en="Who is inside a segment")),
)
def segment(
    request: HttpRequest, segment: str, at: str | None = None, cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    size = page_size(limit)
    after = place_of(cursor, str) or ""
    found = members.segment(actor_of(request), segment, moment_asked(at), after=after, limit=size + 1)
    return page(found, size, lambda last: last, lambda number: number)


@router.get(
    "/segments/{segment}/members/{member}",
    **described(
        name="in_segment", gives=schemas.InSegmentAnswer,
        does=Text(zh="会员是否在分群里，差多少", en="Whether a member is inside a segment, or how far off"),
    ),
)  # fmt: skip
def in_segment(request: HttpRequest, segment: str, member: str, at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    reason = members.in_segment(actor, member, segment, moment)
    clause = programmes.programme_at(actor.programme, moment).clauses[reason.clause]
    text = clause.module.SAYS[reason.say].both(**reason.values)
    return answer({"inside": reason.given, "clause": reason.clause, "values": reason.values, "text": text})
