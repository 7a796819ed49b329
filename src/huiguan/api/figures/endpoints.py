"""/figures: postings by day, what is owed for units, and what is expected of their use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.analytics import operations, queries
from huiguan.analytics.inputs import EstimateInput
from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.figures.schemas import (
    EstimateAnswer,
    JoiningAnswer,
    LiabilityAnswer,
    PostingsAnswer,
    told_estimate,
    told_liability,
    told_postings,
)
from huiguan.foundation.clock import now
from huiguan.kernel.moments import day_of
from huiguan.kernel.text import Text
from huiguan.members import queries as members

router = Router(tags=["figures"])


@router.get(
    "/figures/postings",
    **described(
        name="postings", gives=PostingsAnswer,
        does=Text(zh="每日入账，与总账相符", en="What the books moved, day by day, tied to the ledger"),
    ),
)  # fmt: skip
def days(request: HttpRequest, since: str, until: str) -> HttpResponse:
    first, last = day_of(since, "since"), day_of(until, "until")
    return answer(told_postings(queries.postings(actor_of(request), first, last, now())))


@router.get(
    "/figures/liability",
    **described(
        name="liability", gives=LiabilityAnswer,
        does=Text(zh="合同负债，按月批", en="What is owed for a unit, by month of earning"),
    ),
)  # fmt: skip
def owed(request: HttpRequest, unit: str) -> HttpResponse:
    return answer(told_liability(queries.liability(actor_of(request), unit, now())))


@router.get(
    "/figures/joining",
    **described(
        name="joining", gives=JoiningAnswer, does=Text(zh="新会员数，按入会渠道", en="How many joined, by channel")
    ),
)
def joining(request: HttpRequest, since: str, until: str) -> HttpResponse:
    first, last = day_of(since, "since"), day_of(until, "until")
    found = members.came_between(actor_of(request), now(), first, last)
    return answer({"since": first, "until": last, "members": sum(found.values()), "channels": found})


@router.post(
    "/figures/estimates",
    **described(
        name="estimate_use", takes=EstimateInput, gives=EstimateAnswer, status=201, write=True,
        does=Text(zh="登记预计使用的比例", en="Record how much of a unit is expected to be used"),
    ),
)  # fmt: skip
def estimate(request: HttpRequest) -> HttpResponse:
    return did(request, operations.estimate_use, given(request, EstimateInput), told_estimate)
