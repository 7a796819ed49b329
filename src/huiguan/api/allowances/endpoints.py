"""/allowances: what a till may take while it is offline, and its settlement."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.allowances.schemas import (
    AllowanceAnswer,
    AllowanceKey,
    SettlementAnswer,
    told_allowance,
    told_settled,
)
from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.problems import language_asked
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import AllowanceInput, SettleInput
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text

router = Router(tags=["allowances"])


@router.post(
    "/allowances",
    **described(
        name="grant_allowance", takes=AllowanceInput, gives=AllowanceAnswer, status=201, write=True,
        does=Text(zh="给一台收银离线额度：某会员至多用多少分，到何时", en="Set points of a member aside for a till that may be offline"),
    ),
)  # fmt: skip
def grant(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.grant_allowance, given(request, AllowanceInput), told_allowance)


@router.get(
    "/allowance-key",
    **described(
        name="allowance_key", gives=AllowanceKey, does=Text(zh="验签的公钥", en="The public key of allowances")
    ),
)
def key(request: HttpRequest) -> HttpResponse:
    told = base64.urlsafe_b64encode(queries.allowance_key()).decode().rstrip("=")
    return answer({"algorithm": "Ed25519", "key": told})


@router.get(
    "/allowances/{allowance}",
    **described(name="allowance", gives=AllowanceAnswer, does=Text(zh="一笔离线额度", en="An allowance as it stands")),
)
def one(request: HttpRequest, allowance: str) -> HttpResponse:
    return answer(told_allowance(queries.allowance(actor_of(request), allowance)))


@router.post(
    "/allowances/{allowance}/settlement",
    **described(
        name="settle_allowance", takes=SettleInput, fixed=("allowance",), gives=SettlementAnswer, write=True, key=False,
        does=Text(zh="结算离线时卖的单，各有各的键与答复", en="Settle what was sold offline, each sale with its key and answer"),
    ),
)  # fmt: skip
def settle(request: HttpRequest, allowance: str) -> HttpResponse:
    asked = given(request, SettleInput, allowance=allowance)
    answers = checkout.settle_allowance(actor=actor_of(request), at=now(), given=asked)
    return answer(told_settled(answers, language_asked(request.headers.get("Accept-Language", ""))))


@router.delete(
    "/allowances/{allowance}",
    **described(
        name="close_allowance", gives=AllowanceAnswer, write=True, key=False,
        does=Text(zh="结清额度，余下的分归还", en="Close an allowance; what was not used goes back"),
    ),
)  # fmt: skip
def close(request: HttpRequest, allowance: str) -> HttpResponse:
    return answer(told_allowance(checkout.close_allowance(actor=actor_of(request), at=now(), reference=allowance)))
