"""/awards: members proposed for an honour, what was given, what was taken back. It is decided in a matter, by persons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.conduct import schemas
from huiguan.api.describing import described
from huiguan.api.doing import did_at
from huiguan.api.members.telling import named, told_reasons
from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.conduct.values import AwardTold
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

router = Router(tags=["conduct"])


def _award(actor: Actor, at: datetime, told: AwardTold) -> dict[str, Any]:
    return {**named(schemas.AwardAnswer, told), "says": told_reasons(actor, at, told.says)}


@router.get(
    "/award-kinds",
    **described(
        name="award_kinds", gives=schemas.AwardKindsPage,
        does=Text(zh="现行章程里的表彰", en="The awards of the rulebook in force"),
    ),
)  # fmt: skip
def kinds(request: HttpRequest) -> HttpResponse:
    found = [
        {
            **named(schemas.AwardKindAnswer, each), "categories": [list(pair) for pair in each.categories],
            "asks": [
                {**named(schemas.AwardFieldAnswer, one), "choices": [list(pair) for pair in one.choices]}
                for one in each.asks
            ],
        }
        for each in queries.award_kinds(actor_of(request), now())
    ]  # fmt: skip
    return answer({"items": found, "next": None})


@router.get("/awards", **described(name="awards", gives=schemas.AwardsPage, does=Text(zh="表彰", en="Awards")))
def awards(request: HttpRequest, member: str = "", state: str = "", at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    found = queries.awards(actor, moment, member=member, state=state)
    return answer({"items": [_award(actor, moment, each) for each in found], "next": None})


@router.post(
    "/awards",
    **described(
        name="propose_award", takes=inputs.ProposeAward, gives=schemas.AwardAnswer, status=201, write=True,
        does=Text(zh="推荐表彰", en="Propose a member for an award"),
    ),
)  # fmt: skip
def propose(request: HttpRequest) -> HttpResponse:
    return did_at(request, conduct.propose_award, given(request, inputs.ProposeAward), _award)


@router.get(
    "/awards/{award}", **described(name="award", gives=schemas.AwardAnswer, does=Text(zh="一项表彰", en="One award"))
)
def award(request: HttpRequest, award: str, at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    return answer(_award(actor, moment, queries.one_award(actor, award, moment)))


@router.post(
    "/awards/{award}/withdrawal",
    **described(
        name="withdraw_award", takes=inputs.WithdrawAward, fixed=("award",), gives=schemas.AwardAnswer, status=201,
        write=True, does=Text(zh="收回表彰", en="Take an award back"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, award: str) -> HttpResponse:
    return did_at(request, conduct.withdraw_award, given(request, inputs.WithdrawAward, award=award), _award)
