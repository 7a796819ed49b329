"""/invoices, and those of a sale."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.invoices.schemas import InvoiceAnswer, InvoicesPage, told_invoice
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import AskInvoiceInput, IssueInvoiceInput, ReverseInvoiceInput, WithdrawInvoiceInput
from huiguan.checkout.values import InvoiceView
from huiguan.kernel.text import Text

router = Router(tags=["invoices"])


@router.post(
    "/sales/{sale}/invoices",
    **described(
        name="ask_invoice", takes=AskInvoiceInput, fixed=("sale",), gives=InvoiceAnswer, status=201, write=True,
        does=Text(zh="申请开票", en="Ask for an invoice on a sale"),
    ),
)  # fmt: skip
def ask(request: HttpRequest, sale: str) -> HttpResponse:
    return did(request, checkout.ask_invoice, given(request, AskInvoiceInput, sale=sale), told_invoice)


@router.get(
    "/sales/{sale}/invoices",
    **described(name="invoices_of_sale", gives=InvoicesPage, does=Text(zh="一张单的发票", en="The invoices of a sale")),
)
def of_sale(request: HttpRequest, sale: str) -> HttpResponse:
    _, found = queries.invoices_of(actor_of(request), sale)
    return answer({"items": [told_invoice(each) for each in found], "next": None})


@router.get(
    "/invoices",
    **described(name="invoices", gives=InvoicesPage, does=Text(zh="发票，新的在前", en="Invoices, newest first")),
)
def listed(
    request: HttpRequest,
    shop: str | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:
    size = page_size(limit)
    found = queries.invoices(actor_of(request), shop=shop, state=state, before=place_of(cursor, int), limit=size + 1)
    return page(found, size, _place, told_invoice)


def _place(last: InvoiceView) -> int:
    return int(last.id)


@router.post(
    "/invoices/{invoice}/issue",
    **described(
        name="issue_invoice", takes=IssueInvoiceInput, fixed=("invoice",), gives=InvoiceAnswer, status=201, write=True,
        does=Text(zh="登记已开：发票号与日期", en="Note that an invoice was issued"),
    ),
)  # fmt: skip
def issue(request: HttpRequest, invoice: str) -> HttpResponse:
    return did(request, checkout.issue_invoice, given(request, IssueInvoiceInput, invoice=invoice), told_invoice)


@router.post(
    "/invoices/{invoice}/reversal",
    **described(
        name="reverse_invoice", takes=ReverseInvoiceInput, fixed=("invoice",), gives=InvoiceAnswer, status=201, write=True,
        does=Text(zh="登记红冲", en="Note the red invoice that reverses one"),
    ),
)  # fmt: skip
def reverse(request: HttpRequest, invoice: str) -> HttpResponse:
    return did(request, checkout.reverse_invoice, given(request, ReverseInvoiceInput, invoice=invoice), told_invoice)


@router.post(
    "/invoices/{invoice}/withdrawal",
    **described(
        name="withdraw_invoice", takes=WithdrawInvoiceInput, fixed=("invoice",), gives=InvoiceAnswer, status=201,
        write=True, does=Text(zh="撤回未开的申请", en="Take back a request that was not issued"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest, invoice: str) -> HttpResponse:
    return did(request, checkout.withdraw_invoice, given(request, WithdrawInvoiceInput, invoice=invoice), told_invoice)
