"""/duties, /breaches, /measures and what is done about them. What follows is decided in a matter, by persons signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.conduct import schemas
from huiguan.api.describing import described
from huiguan.api.doing import did_at
from huiguan.api.members.telling import named, told_reasons
from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.conduct.values import BreachTold, MeasureTold
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["conduct"])


def _breach(actor: Actor, at: datetime, told: BreachTold) -> dict[str, Any]:
    amount = as_yuan(told.amount) if told.amount is not None else None
    return {
        **named(schemas.BreachAnswer, told), "amount": amount, "evidence": list(told.evidence), "staff": list(told.staff),
        "proposes": list(told.proposes), "why": told_reasons(actor, at, told.why),
        "says": told_reasons(actor, at, told.says),
    }  # fmt: skip


def _measure(actor: Actor, at: datetime, told: MeasureTold) -> dict[str, Any]:
    return {
        **named(schemas.TakenAnswer, told), "fine": as_yuan(told.fine) if told.fine is not None else None,
        "breaches": list(told.breaches), "says": told_reasons(actor, at, told.says),
        "tasks": [named(schemas.MeasureTaskAnswer, each) for each in told.tasks],
        "pleas": [named(schemas.PleaAnswer, each) for each in told.pleas],
    }  # fmt: skip


def _did(request: HttpRequest, operation: Any, asked: Any) -> HttpResponse:
    return did_at(request, operation, asked, _either)


def _either(actor: Actor, at: datetime, made: BreachTold | MeasureTold) -> dict[str, Any]:
    return _breach(actor, at, made) if isinstance(made, BreachTold) else _measure(actor, at, made)


@router.get(
    "/duties",
    **described(
        name="duties", gives=schemas.DutiesAnswer,
        does=Text(zh="现行章程里的义务与处分种类", en="The duties and measures of the rulebook in force"),
    ),
)  # fmt: skip
def duties(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer(
        {
            "duties": [
                {**named(schemas.DutyAnswer, each), "measures": list(each.measures)}
                for each in queries.duties(actor, at)
            ],
            "measures": [named(schemas.MeasureKindAnswer, each) for each in queries.measure_kinds(actor, at)],
        }
    )


@router.get("/breaches", **described(name="breaches", gives=schemas.BreachesPage, does=Text(zh="违规", en="Breaches")))
def breaches(request: HttpRequest, member: str = "", state: str = "", at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    found = queries.breaches(actor, moment, member=member, state=state)
    return answer({"items": [_breach(actor, moment, each) for each in found], "next": None})


@router.post(
    "/breaches",
    **described(
        name="report_breach", takes=inputs.ReportBreach, gives=schemas.BreachAnswer, status=201, write=True,
        does=Text(zh="报告违规", en="Report a breach"),
    ),
)  # fmt: skip
def report(request: HttpRequest) -> HttpResponse:
    return _did(request, conduct.report_breach, given(request, inputs.ReportBreach))


@router.get(
    "/breaches/{breach}",
    **described(name="breach", gives=schemas.BreachAnswer, does=Text(zh="一条违规", en="One breach")),
)
def breach(request: HttpRequest, breach: str, at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    return answer(_breach(actor, moment, queries.one_breach(actor, breach, moment)))


@router.post(
    "/breaches/{breach}/dismissal",
    **described(
        name="dismiss_breach", takes=inputs.DismissBreach, fixed=("breach",), gives=schemas.BreachAnswer, status=201,
        write=True, does=Text(zh="不予处理", en="Dismiss a breach"),
    ),
)  # fmt: skip
def dismiss(request: HttpRequest, breach: str) -> HttpResponse:
    return _did(request, conduct.dismiss_breach, given(request, inputs.DismissBreach, breach=breach))


@router.get("/measures", **described(name="measures", gives=schemas.TakenPage, does=Text(zh="处分", en="Measures")))
def measures(request: HttpRequest, member: str = "", state: str = "", at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    found = queries.measures(actor, moment, member=member, state=state)
    return answer({"items": [_measure(actor, moment, each) for each in found], "next": None})


@router.post(
    "/measures",
    **described(
        name="propose_measures", takes=inputs.ProposeMeasures, gives=schemas.TakenPage, status=201, write=True,
        does=Text(zh="提出处分", en="Propose measures"),
    ),
)  # fmt: skip
def propose(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    asked = given(request, inputs.ProposeMeasures)
    made = conduct.propose_measures(actor=actor, at=at, given=asked, key=key_of(request))
    return answer({"items": [_measure(actor, at, each) for each in made], "next": None}, 201)


@router.get(
    "/measures/{measure}",
    **described(name="measure", gives=schemas.TakenAnswer, does=Text(zh="一项处分", en="One measure")),
)
def measure(request: HttpRequest, measure: str, at: str | None = None) -> HttpResponse:
    actor, moment = actor_of(request), moment_asked(at)
    return answer(_measure(actor, moment, queries.measure(actor, measure, moment)))


@router.post(
    "/measures/{measure}/pleas",
    **described(
        name="state_case", takes=inputs.StateCase, fixed=("measure",), gives=schemas.TakenAnswer, status=201,
        write=True, does=Text(zh="记下本人陈述", en="What the member says to it"),
    ),
)  # fmt: skip
def state_case(request: HttpRequest, measure: str) -> HttpResponse:
    return _did(request, conduct.state_case, given(request, inputs.StateCase, measure=measure))


@router.post(
    "/measures/{measure}/appeal",
    **described(
        name="appeal_measure", takes=inputs.AppealMeasure, fixed=("measure",), gives=schemas.TakenAnswer, status=201,
        write=True, does=Text(zh="申诉", en="Appeal against it"),
    ),
)  # fmt: skip
def appeal(request: HttpRequest, measure: str) -> HttpResponse:
    return _did(request, conduct.appeal_measure, given(request, inputs.AppealMeasure, measure=measure))


@router.post(
    "/measures/{measure}/lifting",
    **described(
        name="lift_measure", takes=inputs.LiftMeasure, fixed=("measure",), gives=schemas.TakenAnswer, status=201,
        write=True, does=Text(zh="解除", en="Take it back"),
    ),
)  # fmt: skip
def lift(request: HttpRequest, measure: str) -> HttpResponse:
    return _did(request, conduct.lift_measure, given(request, inputs.LiftMeasure, measure=measure))


@router.post(
    "/measures/{measure}/completions",
    **described(
        name="complete_task", takes=inputs.CompleteTask, fixed=("measure",), gives=schemas.TakenAnswer, status=201,
        write=True, does=Text(zh="要求的事已完成", en="What it asked for is done"),
    ),
)  # fmt: skip
def complete(request: HttpRequest, measure: str) -> HttpResponse:
    return _did(request, conduct.complete_task, given(request, inputs.CompleteTask, measure=measure))
