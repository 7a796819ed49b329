"""/shops/{shop}/day and /shops/{shop}/day-closes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.days.schemas import DayAnswer, DaysPage, told_day
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CloseDayInput
from huiguan.checkout.values import DayView
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text

router = Router(tags=["days"])


@router.get(
    "/shops/{shop}/day",
    **described(
        name="day_so_far", gives=DayAnswer, does=Text(zh="一家店当日到此刻的账", en="A shop's day as it stands")
    ),
)
def so_far(request: HttpRequest, shop: str, day: str | None = None) -> HttpResponse:
    return answer(told_day(queries.day_so_far(actor_of(request), shop, now(), day)))


@router.post(
    "/shops/{shop}/day-closes",
    **described(
        name="close_day", takes=CloseDayInput, fixed=("shop",), gives=DayAnswer, status=201, write=True,
        does=Text(zh="日结", en="Close a shop's day"),
    ),
)  # fmt: skip
def close(request: HttpRequest, shop: str) -> HttpResponse:
    return did(request, checkout.close_day, given(request, CloseDayInput, shop=shop), told_day)


@router.get(
    "/shops/{shop}/day-closes",
    **described(
        name="day_closes", gives=DaysPage, does=Text(zh="已日结的日子，新的在前", en="Closed days, newest first")
    ),
)
def listed(request: HttpRequest, shop: str, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    size = page_size(limit)
    found = queries.day_closes(actor_of(request), shop, before=place_of(cursor, int), limit=size + 1)
    return page(found, size, _number, told_day)


def _number(view: DayView) -> int:
    return view.number


@router.get(
    "/shops/{shop}/day-closes/{number}",
    **described(name="day_close", gives=DayAnswer, does=Text(zh="一次日结", en="One closed day")),
)
def one(request: HttpRequest, shop: str, number: int) -> HttpResponse:
    return answer(told_day(queries.day_close(actor_of(request), shop, number)))
