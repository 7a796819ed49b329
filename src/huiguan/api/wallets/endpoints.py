"""/top-ups, a member's stored value and PIN, and what is outstanding."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, key_of, moment_asked, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.wallets.schemas import (
    CustodyAnswer,
    OutstandingAnswer,
    PaymentCodeAnswer,
    PaymentProofAnswer,
    PinAnswer,
    StoredValueAnswer,
    TopUpAnswer,
    TopUpRefundAnswer,
    TopUpRefundsPage,
    TopUpsPage,
    told_custody,
    told_outstanding,
    told_top_up,
    told_top_up_refund,
    told_wallet,
)
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CustodyInput, PaymentCodeInput, PaymentProofInput, RefundTopUpInput, TopUpInput
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.moments import demand_not_ahead
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members.inputs import SetPin
from huiguan.programme import queries as programmes

router = Router(tags=["stored value"])


@router.post(
    "/top-ups",
    **described(
        name="store_value", takes=TopUpInput, gives=TopUpAnswer, status=201, write=True,
        does=Text(zh="储值充值", en="Store value for a member"),
    ),
)  # fmt: skip
def store(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.store_value, given(request, TopUpInput), told_top_up)


@router.post(
    "/top-up-previews",
    **described(
        name="top_up_preview", takes=TopUpInput, gives=TopUpAnswer,
        does=Text(zh="试算一笔充值，不写入", en="What a top-up would bring; writes nothing"),
    ),
)  # fmt: skip
def preview(request: HttpRequest) -> HttpResponse:
    view = checkout.preview_top_up(actor=actor_of(request), at=now(), given=given(request, TopUpInput))
    return answer(told_top_up(view))


@router.get(
    "/top-ups/{top_up}", **described(name="top_up", gives=TopUpAnswer, does=Text(zh="一笔充值", en="One top-up"))
)
def one(request: HttpRequest, top_up: str) -> HttpResponse:
    return answer(told_top_up(queries.top_up(actor_of(request), top_up)))


@router.post(
    "/top-ups/{top_up}/refunds",
    **described(
        name="refund_top_up", takes=RefundTopUpInput, fixed=("top_up",), gives=TopUpRefundAnswer, status=201,
        write=True, does=Text(zh="退回储值余下的本金", en="Refund what is left of a top-up"),
    ),
)  # fmt: skip
def refund(request: HttpRequest, top_up: str) -> HttpResponse:
    return did(request, checkout.refund_top_up, given(request, RefundTopUpInput, top_up=top_up), told_top_up_refund)


@router.post(
    "/top-ups/{top_up}/refund-previews",
    **described(
        name="top_up_refund_preview", takes=RefundTopUpInput, fixed=("top_up",), gives=TopUpRefundAnswer,
        does=Text(zh="试算一笔储值退款，不写入", en="What a refund would bring; writes nothing"),
    ),
)  # fmt: skip
def preview_refund(request: HttpRequest, top_up: str) -> HttpResponse:
    asked = given(request, RefundTopUpInput, top_up=top_up)
    view = checkout.preview_top_up_refund(actor=actor_of(request), at=now(), given=asked)
    return answer(told_top_up_refund(view))


@router.get(
    "/top-ups/{top_up}/refunds",
    **described(
        name="top_up_refunds", gives=TopUpRefundsPage, does=Text(zh="一笔充值的退款", en="The refunds of a top-up")
    ),
)
def refunds(request: HttpRequest, top_up: str) -> HttpResponse:
    found = queries.top_up_refunds(actor_of(request), top_up)
    return answer({"items": [told_top_up_refund(each) for each in found], "next": None})


@router.get(
    "/members/{member}/top-ups",
    **described(name="top_ups", gives=TopUpsPage, does=Text(zh="会员的充值", en="A member's top-ups")),
)
def listed(request: HttpRequest, member: str, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    size, place = page_size(limit), place_of(cursor, tuple[datetime, int])
    found = queries.top_ups(actor_of(request), member, before=place, limit=size + 1)
    return page(found, size, lambda each: (each.at, int(each.id.rpartition("-")[2])), told_top_up)


@router.get(
    "/members/{member}/wallet",
    **described(name="wallet", gives=StoredValueAnswer, does=Text(zh="会员的储值", en="What a member has stored")),
)
def wallet(request: HttpRequest, member: str) -> HttpResponse:
    return answer(told_wallet(queries.wallet(actor_of(request), member, now())))


@router.put(
    "/members/{member}/pin",
    **described(
        name="set_pin", takes=SetPin, fixed=("member",), gives=PinAnswer, write=True,
        does=Text(zh="设置支付密码", en="Set a member's PIN"),
    ),
)  # fmt: skip
def pin(request: HttpRequest, member: str) -> HttpResponse:
    return did(request, members.set_pin, given(request, SetPin, member=member), status=200)


@router.post(
    "/members/{member}/payment-codes",
    **described(
        name="send_payment_code", takes=PaymentCodeInput, fixed=("member",), gives=PaymentCodeAnswer, status=201,
        write=True, does=Text(zh="把付款验证码发到会员手机", en="Send a code for paying to the member's phone"),
    ),
)  # fmt: skip
def send_code(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, PaymentCodeInput, member=member)
    sent = checkout.send_payment_code(
        actor=actor_of(request), at=now(), given=asked, wall=wall_clock(), key=key_of(request)
    )
    return answer({"masked": sent.masked, "ends_at": sent.ends_at, "resend_at": sent.resend_at}, 201)


@router.post(
    "/members/{member}/payment-proofs",
    **described(
        name="prove_payment", takes=PaymentProofInput, fixed=("member",), gives=PaymentProofAnswer, status=201,
        does=Text(zh="核对付款验证码，换得一次付款凭据", en="Check the digits; a proof for one sale comes back"),
    ),
)  # fmt: skip
def prove_code(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, PaymentProofInput, member=member)
    proved = checkout.prove_payment(actor=actor_of(request), at=now(), given=asked, wall=wall_clock())
    return answer({"proof": proved.proof, "until": proved.proof_until}, 201)


@router.get(
    "/stored-value",
    **described(
        name="outstanding", gives=OutstandingAnswer,
        does=Text(zh="全部储值与法规限额；给出 at 为当时的", en="All that is stored, beside what the law allows; with `at`, as of then"),
    ),
)  # fmt: skip
def outstanding(request: HttpRequest, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    rulebook = programmes.programme_at(actor.programme, now())
    moment = moment_asked(at, rulebook.zone)
    demand_not_ahead(moment, now(), rulebook.zone)
    rulebook = programmes.programme_at(actor.programme, moment)
    return answer(told_outstanding(queries.outstanding(actor, moment), rulebook))


@router.post(
    "/stored-value/custody",
    **described(
        name="record_custody", takes=CustodyInput, gives=CustodyAnswer, status=201, write=True,
        does=Text(zh="登记存管余额", en="Note what lies in custody"),
    ),
)  # fmt: skip
def custody(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.record_custody, given(request, CustodyInput), told_custody)
