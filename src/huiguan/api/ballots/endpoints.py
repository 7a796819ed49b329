"""/matters/{matter}/ballots and what is done to them; /mandates between bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.ballots import schemas
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.members.telling import named
from huiguan.cases import inputs, queries
from huiguan.cases import operations as cases
from huiguan.cases.values import BallotTold
from huiguan.foundation.clock import now
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

router = Router(tags=["ballots"])
Record = TypeVar("Record", bound=BaseModel)


@router.get(
    "/matters/{matter}/ballots",
    **described(
        name="ballots", gives=schemas.BallotsPage, does=Text(zh="机构对一件事项的表决", en="A body's votes on a matter")
    ),
)
def listed(request: HttpRequest, matter: str, at: str | None = None) -> HttpResponse:
    found = queries.matter(actor_of(request), matter, moment_asked(at)).ballots
    return answer({"items": [_told(each) for each in found], "next": None})


@router.post(
    "/matters/{matter}/rolls",
    **described(
        name="record_roll", takes=inputs.RecordRoll, fixed=("matter",), gives=schemas.VotedAnswer, status=201, write=True,
        does=Text(zh="记录会议表决", en="Record the roll of a meeting"),
    ),
)  # fmt: skip
def roll(request: HttpRequest, matter: str) -> HttpResponse:
    return _done(request, cases.record_roll, inputs.RecordRoll, matter)


@router.post(
    "/matters/{matter}/ballot-closing",
    **described(
        name="close_ballot", takes=inputs.CloseBallot, fixed=("matter",), gives=schemas.VotedAnswer, status=201, write=True,
        does=Text(zh="结束表决并计票", en="Close a vote and count it as it stands"),
    ),
)  # fmt: skip
def close(request: HttpRequest, matter: str) -> HttpResponse:
    return _done(request, cases.close_ballot, inputs.CloseBallot, matter)


@router.post(
    "/matters/{matter}/watchers",
    **described(
        name="sign_count", takes=inputs.SignCount, fixed=("matter",), gives=schemas.VotedAnswer, status=201, write=True,
        does=Text(zh="监票人签字", en="Have a watcher sign for the count"),
    ),
)  # fmt: skip
def sign(request: HttpRequest, matter: str) -> HttpResponse:
    return _done(request, cases.sign_count, inputs.SignCount, matter)


@router.get(
    "/mandates",
    **described(
        name="mandates", gives=schemas.MandatesPage, does=Text(zh="机构间的授权", en="Which body decides for which")
    ),
)
def mandates(request: HttpRequest, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    actor.demand("organise")
    return answer({"items": list(queries.mandates(actor, moment_asked(at))), "next": None})


@router.post(
    "/mandates",
    **described(
        name="delegate_body", takes=inputs.DelegateBody, gives=schemas.MandateAnswer, status=201, write=True,
        does=Text(zh="授权另一机构代为决定", en="Have another body decide for one"),
    ),
)  # fmt: skip
def delegate(request: HttpRequest) -> HttpResponse:
    return did(request, cases.delegate_body, given(request, inputs.DelegateBody))


@router.delete(
    "/mandates/{body}/{to}",
    **described(
        name="withdraw_mandate", gives=schemas.MandateAnswer, write=True,
        does=Text(zh="撤回授权", en="Take a mandate back"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, body: str, to: str) -> HttpResponse:
    asked = read(inputs.WithdrawMandate, {"body": body, "to": to})
    return answer(cases.withdraw_mandate(actor=actor_of(request), at=now(), given=asked, key=key_of(request)))


def _done(request: HttpRequest, operation: Callable[..., Any], record: type[Record], matter: str) -> HttpResponse:
    return did(request, operation, given(request, record, matter=matter), partial(named, schemas.VotedAnswer))


def _told(ballot: BallotTold) -> dict[str, Any]:
    told = named(schemas.BallotAnswer, ballot)
    watchers = [{"watcher": word, "called": called, "signed": name} for word, called, name in ballot.watchers]
    return {**told, "watchers": watchers, "votes": [{**asdict(each), "title": each.title} for each in ballot.votes]}
