"""/obligations: what members owe by a day, the events that call for it, and that something is done."""

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
from huiguan.api.members.doing import done
from huiguan.api.members.telling import named, told_reasons
from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.conduct.values import OwedTold
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["conduct"])


def _owed(actor: Actor, at: datetime, told: OwedTold) -> dict[str, Any]:
    return {**named(schemas.OwedAnswer, told), "reason": told_reasons(actor, at, [told.reason])}


@router.get(
    "/obligations",
    **described(
        name="obligations", gives=schemas.ObligationsPage,
        does=Text(zh="会员应按时办的事：报告、年检、缴费", en="What members owe by a day: reports, inspections, payments"),
    ),
)  # fmt: skip
def obligations(request: HttpRequest, member: str = "", state: str = "", at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    found = queries.obligations(actor, moment, member=member, state=state)
    return answer({"items": [_owed(actor, moment, each) for each in found], "next": None})


@router.get(
    "/obligation-events",
    **described(
        name="obligation_events", gives=schemas.EventKindsPage,
        does=Text(zh="现行章程里须报告的事项", en="The events the rulebook in force asks to be reported"),
    ),
)  # fmt: skip
def kinds(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    found = [
        {**named(schemas.EventKindAnswer, each), "least": as_yuan(each.least) if each.least is not None else None}
        for each in queries.event_kinds(actor, at)
    ]
    return answer({"items": found, "next": None})


@router.post(
    "/obligation-events",
    **described(
        name="note_event", takes=inputs.NoteEvent, gives=schemas.NotedAnswer, status=201, write=True,
        does=Text(zh="记下得知的事项，会员应当报告", en="Note an event that a member must report"),
    ),
)  # fmt: skip
def note(request: HttpRequest) -> HttpResponse:
    return done(request, conduct.note_event, given(request, inputs.NoteEvent), schemas.NotedAnswer)


@router.post(
    "/obligation-events/{event}/withdrawal",
    **described(
        name="withdraw_event", takes=inputs.WithdrawEvent, fixed=("event",), gives=schemas.NotedAnswer, status=201,
        write=True, does=Text(zh="误记的事项撤销", en="Take back an event noted by mistake"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, event: str) -> HttpResponse:
    return done(request, conduct.withdraw_event, given(request, inputs.WithdrawEvent, event=event), schemas.NotedAnswer)


@router.post(
    "/obligations/completions",
    **described(
        name="complete_obligation", takes=inputs.CompleteObligation, gives=schemas.OwedAnswer, status=201, write=True,
        does=Text(zh="记下已经办了", en="Note that something owed is done"),
    ),
)  # fmt: skip
def complete(request: HttpRequest) -> HttpResponse:
    return did_at(request, conduct.complete_obligation, given(request, inputs.CompleteObligation), _owed)
