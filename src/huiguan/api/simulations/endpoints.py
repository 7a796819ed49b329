"""/simulations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, key_of, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.simulations import schemas
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SimulateInput
from huiguan.checkout.values import SimulationView
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.compiling import compile_rulebook

router = Router(tags=["simulations"])


@router.post(
    "/simulations",
    **described(
        name="start_simulation", takes=SimulateInput, gives=schemas.SimulationAnswer, status=201, write=True,
        does=Text(zh="用另一份章程试算已有的销售", en="Have recorded days judged by another rulebook; moves nothing"),
    ),
)  # fmt: skip
def start(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), given(request, SimulateInput)
    view = checkout.start_simulation(actor=actor, at=now(), given=asked, key=key_of(request))
    return answer(_told(actor, view), 201)


@router.get(
    "/simulations",
    **described(name="simulations", gives=schemas.SimulationsPage, does=Text(zh="试算", en="Simulations")),
)
def listed(request: HttpRequest, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    found = queries.simulations(actor, before=place_of(cursor, int), limit=size + 1)
    return page(found, size, lambda each: each.number, lambda each: _told(actor, each, cells=False))


@router.get(
    "/simulations/{number}",
    **described(name="simulation", gives=schemas.SimulationAnswer, does=Text(zh="一次试算", en="One simulation")),
)
def one(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    return answer(_told(actor, queries.simulation(actor, _known(number))))


@router.post(
    "/simulations/{number}/stopping",
    **described(
        name="stop_simulation", gives=schemas.SimulationAnswer, write=True,
        does=Text(zh="停下试算", en="Stop a simulation under way"),
    ),
)  # fmt: skip
def stop(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    view = checkout.stop_simulation(actor=actor, at=now(), number=_known(number), key=key_of(request))
    return answer(_told(actor, view))


@router.delete(
    "/simulations/{number}",
    **described(
        name="delete_simulation", gives=schemas.DeletedAnswer, write=True,
        does=Text(zh="删除试算", en="Delete a simulation that has ended"),
    ),
)  # fmt: skip
def delete(request: HttpRequest, number: int) -> HttpResponse:
    told = checkout.delete_simulation(actor=actor_of(request), at=now(), number=_known(number), key=key_of(request))
    return answer({"deleted": told})


@router.get(
    "/simulations/{number}/movers",
    **described(
        name="simulation_movers", gives=schemas.MoversPage,
        does=Text(zh="受影响的会员", en="Members for whom anything differs"),
    ),
)  # fmt: skip
def movers(
    request: HttpRequest, number: int, order: str = "size", tier: bool = False, cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:  # fmt: skip
    if order not in queries.ORDERS:
        known = ", ".join(queries.ORDERS)
        raise InvalidInput(field="order", rule=Text(zh=f"只能是 {known}", en=f"must be one of {known}"))
    actor, size = actor_of(request), page_size(limit)
    after = place_of(cursor, tuple[int, int])
    found = queries.movers(actor, _known(number), order=order, tier_only=tier, after=after, limit=size + 1)
    return page(found, size, lambda each: queries.mover_place(each, order), schemas.told_mover)


@router.get(
    "/simulations/{number}/refusals",
    **described(
        name="simulation_refusals", gives=schemas.SimulatedRefusalsPage,
        does=Text(zh="会被拒绝的", en="What the rulebook tried refuses as it was asked for"),
    ),
)  # fmt: skip
def refusals(request: HttpRequest, number: int, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    found = queries.simulated_refusals(actor, _known(number), after=place_of(cursor, int), limit=size + 1)
    return page(found, size, lambda each: each[0], lambda each: schemas.told_refusal(each[1]))


@router.get(
    "/simulations/{number}/members/{member}",
    **described(
        name="simulation_member", gives=schemas.StoryAnswer,
        does=Text(zh="一位会员的两本账", en="One member's days told twice"),
    ),
)  # fmt: skip
def member(request: HttpRequest, number: int, member: str) -> HttpResponse:
    return answer(schemas.told_story(queries.member_story(actor_of(request), _known(number), member)))


def _known(number: int) -> int:
    """A number a table may hold; any other names nothing."""
    return min(max(number, 0), 2**62)


def _told(actor: Actor, view: SimulationView, *, cells: bool = True) -> dict[str, object]:
    draft = compile_rulebook(queries.simulated_source(actor, view.number))
    return schemas.told_simulation(view, draft, cells=cells)
