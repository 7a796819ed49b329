"""/bodies: the house's councils and committees, and who sits in them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.bodies import schemas
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.identity import inputs
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries

router = Router(tags=["bodies"])
_PLACE = ("body", "place")


@router.get(
    "/bodies",
    **described(
        name="bodies", gives=schemas.BodiesPage, does=Text(zh="章程设立的机构", en="The bodies of the rulebook")
    ),
)
def listed(request: HttpRequest, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    actor.demand("organise")
    found = queries.bodies(actor, moment_asked(at))
    return answer({"items": [schemas.told_body(each) for each in found], "next": None})


@router.get(
    "/bodies/{body}",
    **described(
        name="body", gives=schemas.BodyAnswer, does=Text(zh="一个机构与它的席位", en="One body and its places")
    ),
)
def one(request: HttpRequest, body: str, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    actor.demand("organise")
    return answer(schemas.told_body(queries.body(actor, body, moment_asked(at))))


@router.post(
    "/bodies/{body}/places/{place}/terms",
    **described(
        name="seat_person", takes=inputs.SeatPerson, fixed=_PLACE, gives=schemas.SeatAnswer, status=201, write=True,
        does=Text(zh="由某人担任一席", en="Give somebody a place"),
    ),
)  # fmt: skip
def seat(request: HttpRequest, body: str, place: int) -> HttpResponse:
    return did(
        request, members.seat_person, given(request, inputs.SeatPerson, body=body, place=place), schemas.told_seat
    )


@router.post(
    "/bodies/{body}/places/{place}/vacancy",
    **described(
        name="vacate_seat", takes=inputs.VacateSeat, fixed=_PLACE, gives=schemas.SeatAnswer, status=201, write=True,
        does=Text(zh="卸任，席位出缺", en="Have a place given up"),
    ),
)  # fmt: skip
def vacate(request: HttpRequest, body: str, place: int) -> HttpResponse:
    return did(
        request, members.vacate_seat, given(request, inputs.VacateSeat, body=body, place=place), schemas.told_seat
    )


@router.post(
    "/bodies/{body}/places/{place}/handover",
    **described(
        name="hand_over_seat", takes=inputs.HandOverSeat, fixed=_PLACE, gives=schemas.SeatAnswer, status=201,
        write=True, does=Text(zh="交接：一人卸任，另一人接任", en="Hand a place on: one leaves it, another takes it"),
    ),
)  # fmt: skip
def hand_over(request: HttpRequest, body: str, place: int) -> HttpResponse:
    return did(
        request, members.hand_over_seat, given(request, inputs.HandOverSeat, body=body, place=place), schemas.told_seat
    )
