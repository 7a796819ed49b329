"""/shifts: opened, handed over, and cash moved in between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, page_size
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.shifts.schemas import ShiftAnswer, ShiftsPage, told_shift
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CashMoveInput, HandOverInput, OpenShiftInput
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text

router = Router(tags=["shifts"])


@router.post(
    "/shifts",
    **described(
        name="open_shift", takes=OpenShiftInput, gives=ShiftAnswer, status=201, write=True,
        does=Text(zh="开班：备用金、收银台、谁的班", en="Begin a shift: its float, its till, whose it is"),
    ),
)  # fmt: skip
def begin(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.open_shift, given(request, OpenShiftInput), told_shift)


@router.get(
    "/shifts",
    **described(name="shifts", gives=ShiftsPage, does=Text(zh="一家店的班，新的在前", en="The shifts of a shop, newest first")),
)  # fmt: skip
def listed(request: HttpRequest, shop: str, open: bool = False, limit: int | None = None) -> HttpResponse:
    found = queries.shifts(actor_of(request), shop, now(), still_open=open, limit=page_size(limit))
    return answer({"items": [told_shift(each) for each in found], "next": None})


@router.get(
    "/shifts/{shift}",
    **described(name="shift", gives=ShiftAnswer, does=Text(zh="一个班到此刻的账", en="A shift as it stands")),
)
def one(request: HttpRequest, shift: str) -> HttpResponse:
    return answer(told_shift(queries.shift(actor_of(request), shift, now())))


@router.post(
    "/shifts/{shift}/cash",
    **described(
        name="move_cash", takes=CashMoveInput, fixed=("shift",), gives=ShiftAnswer, status=201, write=True,
        does=Text(zh="补入或支取现金", en="Cash put into the drawer or taken out"),
    ),
)  # fmt: skip
def move(request: HttpRequest, shift: str) -> HttpResponse:
    return did(request, checkout.move_cash, given(request, CashMoveInput, shift=shift), told_shift)


@router.post(
    "/shifts/{shift}/hand-over",
    **described(
        name="hand_over", takes=HandOverInput, fixed=("shift",), gives=ShiftAnswer, status=201, write=True,
        does=Text(zh="交班：各种付款点了多少", en="Hand a shift over by what was counted"),
    ),
)  # fmt: skip
def close(request: HttpRequest, shift: str) -> HttpResponse:
    return did(request, checkout.hand_over, given(request, HandOverInput, shift=shift), told_shift)
