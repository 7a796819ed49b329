"""/members/{member}/merges and /duplicates: two memberships of one person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, page_size
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import merged
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, told_done
from huiguan.foundation.clock import now
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


@router.get(
    "/duplicates",
    **described(
        name="duplicates", gives=merged.DuplicatesPage,
        does=Text(zh="可能是同一人的会员", en="Members who may be one person"),
    ),
)  # fmt: skip
def duplicates(request: HttpRequest, limit: int | None = None) -> HttpResponse:
    found = queries.duplicates(actor_of(request), limit=page_size(limit))
    return answer({"items": [named(merged.DuplicateAnswer, each) for each in found], "next": None})


@router.post(
    "/duplicates/decisions",
    **described(
        name="declare_distinct", takes=inputs.DeclareDistinct, gives=merged.DistinctAnswer, status=201, write=True,
        does=Text(zh="记下不是同一人", en="Note that two are two persons"),
    ),
)  # fmt: skip
def decide(request: HttpRequest) -> HttpResponse:
    return done(request, members.declare_distinct, given(request, inputs.DeclareDistinct), merged.DistinctAnswer)


@router.post(
    "/members/{member}/merge-previews",
    **described(
        name="merge_preview", takes=inputs.MergeMembers, fixed=("keep",), gives=merged.MergePreviewAnswer,
        does=Text(zh="合并会怎样", en="What a merge would do"),
    ),
)  # fmt: skip
def preview(request: HttpRequest, member: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    seen = members.preview_merge(actor=actor, at=at, given=given(request, inputs.MergeMembers, keep=member))
    told: dict[str, Any] = named(merged.MergePreviewAnswer, seen)
    told["done"] = told_done(merged.MergedAnswer, actor, at, seen.done)
    told["lots"] = [named(merged.MovingLotAnswer, lot) for lot in seen.lots]
    told["fields"] = [named(merged.SideAnswer, field) for field in seen.fields]
    told["spend"] = [as_yuan(amount) for amount in seen.spend]
    return answer(told)


@router.post(
    "/members/{member}/merges",
    **described(
        name="merge_members", takes=inputs.MergeMembers, fixed=("keep",), gives=merged.MergedAnswer, status=201,
        write=True, does=Text(zh="把另一个会员并进来", en="Merge another member into this one"),
    ),
)  # fmt: skip
def merge(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.merge_members, given(request, inputs.MergeMembers, keep=member), merged.MergedAnswer)


@router.delete(
    "/members/{member}/merge",
    **described(
        name="unmerge_members", gives=merged.UnmergedAnswer, write=True,
        does=Text(zh="撤销合并", en="Make a merged member a member again"),
    ),
)  # fmt: skip
def unmerge(request: HttpRequest, member: str, reason: str) -> HttpResponse:
    asked = read(inputs.UnmergeMembers, {"member": member, "reason": reason})
    return done(request, members.unmerge_members, asked, merged.UnmergedAnswer, 200)
