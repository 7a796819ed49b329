"""/payments and /payment-statements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.payments.schemas import (
    PaymentAnswer,
    PaymentsPage,
    ReconciledAnswer,
    StatementDifference,
    told_difference,
    told_payment,
    told_reconciled,
)
from huiguan.billing import operations, queries
from huiguan.billing.inputs import AskPaymentInput, CloseDifferenceInput, ReconcileInput, RefundPaymentInput
from huiguan.billing.values import PaymentView
from huiguan.kernel.text import Text

router = Router(tags=["payments"])


@router.post(
    "/payments",
    **described(
        name="ask_payment", takes=AskPaymentInput, gives=PaymentAnswer, status=201, write=True,
        does=Text(zh="收款：现金与终端即记，其余请付", en="Ask for a payment, or record one taken at the counter"),
    ),
)  # fmt: skip
def ask(request: HttpRequest) -> HttpResponse:
    return did(request, operations.ask_payment, given(request, AskPaymentInput), told_payment)


@router.get(
    "/payments",
    **described(name="payments", gives=PaymentsPage, does=Text(zh="支付，新的在前", en="Payments, newest first")),
)
def listed(
    request: HttpRequest, unsettled: bool = False, cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    size = page_size(limit)
    before = place_of(cursor, int)
    found = queries.payments(actor_of(request), unsettled=unsettled, before=before, limit=size + 1)
    return page(found, size, _place, _told)


def _place(row: tuple[int, PaymentView]) -> int:
    return row[0]


def _told(row: tuple[int, PaymentView]) -> PaymentAnswer:
    return told_payment(row[1])


@router.get(
    "/payments/{payment}",
    **described(
        name="payment", gives=PaymentAnswer, does=Text(zh="一笔支付与它的经过", en="One payment and its steps")
    ),
)
def one(request: HttpRequest, payment: str) -> HttpResponse:
    return answer(told_payment(queries.payment(actor_of(request), payment)))


@router.post(
    "/payments/{payment}/refunds",
    **described(
        name="refund_payment", takes=RefundPaymentInput, fixed=("payment",), gives=PaymentAnswer, status=201,
        write=True, does=Text(zh="退款，原路返回", en="Give money back the way it came"),
    ),
)  # fmt: skip
def refund(request: HttpRequest, payment: str) -> HttpResponse:
    return did(request, operations.refund_payment, given(request, RefundPaymentInput, payment=payment), told_payment)


@router.post(
    "/payment-statements",
    **described(
        name="reconcile_day", takes=ReconcileInput, gives=ReconciledAnswer, status=201, write=True,
        does=Text(zh="对账", en="Hold a provider's statement against our books"),
    ),
)  # fmt: skip
def reconcile(request: HttpRequest) -> HttpResponse:
    return did(request, operations.reconcile_day, given(request, ReconcileInput), told_reconciled)


@router.post(
    "/payment-differences/{difference}/explanation",
    **described(
        name="close_difference", takes=CloseDifferenceInput, fixed=("difference",), gives=StatementDifference, status=201,
        write=True, does=Text(zh="说明一条差异", en="Say why a line does not agree"),
    ),
)  # fmt: skip
def explain(request: HttpRequest, difference: int) -> HttpResponse:
    return did(
        request,
        operations.close_difference,
        given(request, CloseDifferenceInput, difference=difference),
        told_difference,
    )
