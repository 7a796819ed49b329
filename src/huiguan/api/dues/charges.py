"""/charges, /money, /fee-runs and what a member owes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did, did_at
from huiguan.api.dues import schemas as shape
from huiguan.api.dues import telling as told
from huiguan.billing import inputs, operations, queries
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text

router = Router(tags=["dues"])


@router.get(
    "/members/{member}/dues",
    **described(
        name="dues",
        gives=shape.DuesAnswer,
        does=Text(zh="会员应交、已交、预存与保证金", en="What a member owes, paid and left with the house"),
    ),
)
def dues(request: HttpRequest, member: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer(told.told_dues(actor, at, queries.dues_of(actor, member, at)))


@router.post(
    "/members/{member}/charges",
    **described(
        name="raise_charge", takes=inputs.RaiseCharge, fixed=("member",), gives=shape.ChargesAnswer, status=201, write=True,
        does=Text(zh="开缴费单", en="Charge a member a fee"),
    ),
)  # fmt: skip
def raise_charge(request: HttpRequest, member: str) -> HttpResponse:
    return did_at(
        request, operations.raise_charge, given(request, inputs.RaiseCharge, member=member), told.told_charges
    )


@router.post(
    "/members/{member}/money",
    **described(
        name="receive_money", takes=inputs.ReceiveMoney, fixed=("member",), gives=shape.MoneyAnswer, status=201, write=True,
        does=Text(zh="收款", en="Receive a member's money"),
    ),
)  # fmt: skip
def receive_money(request: HttpRequest, member: str) -> HttpResponse:
    return did(request, operations.receive_money, given(request, inputs.ReceiveMoney, member=member), told.told_money)


@router.post(
    "/members/{member}/pay-outs",
    **described(
        name="pay_out", takes=inputs.PayOut, fixed=("member",), gives=shape.MoneyAnswer, status=201, write=True,
        does=Text(zh="付出预存款或分配", en="Pay out what is on account, or shares"),
    ),
)  # fmt: skip
def pay_out(request: HttpRequest, member: str) -> HttpResponse:
    return did(request, operations.pay_out, given(request, inputs.PayOut, member=member), told.told_money)


@router.get(
    "/charges",
    **described(name="charges", gives=shape.ChargesPage, does=Text(zh="缴费单，新的在前", en="Charges, newest first")),
)
def charges(request: HttpRequest, fee: str = "", cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    actor, at, size = actor_of(request), now(), page_size(limit)
    found = queries.charges(actor, at, fee=fee, before=place_of(cursor, str) or "", limit=size + 1)
    return page(found, size, lambda each: each.number, lambda each: told.told_charge(actor, at, each))


@router.get(
    "/charges/{charge}",
    **described(name="charge", gives=shape.ChargeAnswer, does=Text(zh="一张缴费单", en="One charge")),
)
def charge(request: HttpRequest, charge: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer(told.told_charge(actor, at, queries.charge(actor, charge, at)))


@router.post(
    "/charges/{charge}/cancellation",
    **described(
        name="cancel_charge", takes=inputs.OneCharge, fixed=("charge",), gives=shape.ChargeAnswer, status=201, write=True,
        does=Text(zh="撤销开错的缴费单", en="Take back a charge raised in error"),
    ),
)  # fmt: skip
def cancel_charge(request: HttpRequest, charge: str) -> HttpResponse:
    return did_at(request, operations.cancel_charge, given(request, inputs.OneCharge, charge=charge), told.told_charge)


@router.post(
    "/charges/{charge}/refund",
    **described(
        name="refund_charge", takes=inputs.RefundCharge, fixed=("charge",), gives=shape.ChargeAnswer, status=201, write=True,
        does=Text(zh="按章程退费", en="Refund what the clause refunds"),
    ),
)  # fmt: skip
def refund_charge(request: HttpRequest, charge: str) -> HttpResponse:
    return did_at(
        request, operations.refund_charge, given(request, inputs.RefundCharge, charge=charge), told.told_charge
    )


@router.post(
    "/charges/{charge}/waivers",
    **described(
        name="waive_charge", takes=inputs.WaiveCharge, fixed=("charge",), gives=shape.WaiverAsked, status=201, write=True,
        does=Text(zh="提请核销", en="Ask for a charge to be written off"),
    ),
)  # fmt: skip
def waive_charge(request: HttpRequest, charge: str) -> HttpResponse:
    return did(
        request,
        operations.waive_charge,
        given(request, inputs.WaiveCharge, charge=charge),
        lambda made: {"waiver": made},
    )


@router.get(
    "/waivers",
    **described(
        name="waivers",
        gives=shape.WaiversPage,
        does=Text(zh="等待决定的核销", en="Write-offs that wait, or were decided"),
    ),
)
def waivers(request: HttpRequest, decided: bool = False) -> HttpResponse:
    found = queries.waivers(actor_of(request), decided=decided)
    return answer({"items": [told.told_waiver(each) for each in found], "next": None})


@router.post(
    "/waivers/{waiver}/decision",
    **described(
        name="decide_waiver", takes=inputs.DecideWaiver, fixed=("waiver",), gives=shape.ChargeAnswer, status=201, write=True,
        does=Text(zh="决定核销", en="Decide on a write-off another asked for"),
    ),
)  # fmt: skip
def decide_waiver(request: HttpRequest, waiver: int) -> HttpResponse:
    return did_at(
        request, operations.decide_waiver, given(request, inputs.DecideWaiver, waiver=waiver), told.told_charge
    )


@router.get(
    "/money",
    **described(
        name="moneys",
        gives=shape.MoneyPage,
        does=Text(zh="收付款，新的在前", en="Money that came and went, newest first"),
    ),
)
def moneys(request: HttpRequest, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    size = page_size(limit)
    found = queries.moneys(actor_of(request), before=place_of(cursor, int), limit=size + 1)
    return page(found, size, lambda each: each[0], lambda each: told.told_money(each[1]))


@router.get(
    "/money/{money}",
    **described(name="money", gives=shape.MoneyAnswer, does=Text(zh="一张收据或凭单", en="One receipt or voucher")),
)
def money(request: HttpRequest, money: str) -> HttpResponse:
    return answer(told.told_money(queries.money(actor_of(request), money)))


@router.post(
    "/money/{money}/undoing",
    **described(
        name="undo_money", takes=inputs.UndoMoney, fixed=("money",), gives=shape.MoneyAnswer, status=201, write=True,
        does=Text(zh="冲销一笔收款", en="Take a receipt back"),
    ),
)  # fmt: skip
def undo_money(request: HttpRequest, money: str) -> HttpResponse:
    return did(request, operations.undo_money, given(request, inputs.UndoMoney, money=money), told.told_money)


@router.get(
    "/arrears",
    **described(name="arrears", gives=shape.ArrearsAnswer, does=Text(zh="应收账龄", en="What is owed, by age")),
)
def arrears(request: HttpRequest, age: str = "", fee: str = "") -> HttpResponse:
    actor, at = actor_of(request), now()
    return answer(told.told_arrears(actor, at, queries.aged(actor, at, age=age, fee=fee)))
