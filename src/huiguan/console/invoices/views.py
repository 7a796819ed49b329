"""Invoices: those of a sale, asked for and worked off; all of them, and as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import AskInvoiceInput, IssueInvoiceInput, ReverseInvoiceInput, WithdrawInvoiceInput
from huiguan.checkout.values import INVOICE_STATES, InvoiceView
from huiguan.console.acting import Acting, acting, show
from huiguan.console.invoices.drawing import COLUMNS, cells_of, rows_of, sale_invoices_page
from huiguan.console.invoices.pages import InvoiceListPage
from huiguan.design.markup import tongue
from huiguan.design.saying import say_next
from huiguan.design.sending import sheet_answer
from huiguan.design.values import Cursor, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "sales"
PAGE = 40
MOST = 10_000  # rows of a sheet
FIELDS = ("kind", "title", "tax_number", "address", "bank", "email", "phone")


@require_http_methods(["GET", "POST"])
@acting()
def of_sale(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """The invoices of a sale; POST asks for one."""
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS} if request.method == "POST" else {}
    if not typed:
        return _shown(request, now, reference, typed)
    try:
        given = read(AskInvoiceInput, {**typed, "sale": reference})
        made = checkout.ask_invoice(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _shown(request, now, reference, typed, refusal)
    say_next(request, Said(Text(zh="已申请开票", en="The invoice is asked for")))
    return HttpResponseRedirect(f"/sales/{made.sale}/invoice")


def _shown(
    request: HttpRequest, now: Acting, reference: str, typed: dict[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    sale = queries.sale(now.actor, reference)
    due, views = queries.invoices_of(now.actor, sale.id)
    page = sale_invoices_page(now, sale, due, views, typed, refusal)
    return show(request, now, "console/invoices/sale.html", current=CURRENT, page=page)


@require_POST
@acting()
def issue(request: HttpRequest, now: Acting, invoice: str) -> HttpResponse:
    """The number it was issued under."""

    def do() -> InvoiceView:
        told = {"invoice": invoice, "number": _number(request), "on": request.POST.get("on") or None}
        given = read(IssueInvoiceInput, told)
        return checkout.issue_invoice(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    return _done(request, now, invoice, do, Text(zh="已登记开票", en="Noted as issued"))


@require_POST
@acting()
def reverse(request: HttpRequest, now: Acting, invoice: str) -> HttpResponse:
    """The red invoice that reverses it."""

    def do() -> InvoiceView:
        given = read(ReverseInvoiceInput, {"invoice": invoice, "number": _number(request)})
        return checkout.reverse_invoice(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    return _done(request, now, invoice, do, Text(zh="已登记红冲", en="Noted as reversed"))


@require_POST
@acting()
def withdraw(request: HttpRequest, now: Acting, invoice: str) -> HttpResponse:
    """The request taken back."""

    def do() -> InvoiceView:
        given = read(WithdrawInvoiceInput, {"invoice": invoice})
        return checkout.withdraw_invoice(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    return _done(request, now, invoice, do, Text(zh="已撤回", en="Withdrawn"))


def _number(request: HttpRequest) -> str:
    return request.POST.get("number", "").strip()


def _done(request: HttpRequest, now: Acting, invoice: str, do: Callable[[], InvoiceView], said: Text) -> HttpResponse:
    try:
        made = do()
    except Refusal as refusal:
        return _shown(request, now, queries.invoice(now.actor, invoice).sale, {}, refusal)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/sales/{made.sale}/invoice")


@require_GET
@acting()
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """All invoices, of a shop and in a state."""
    shop, state, before = _filters(request, now)
    found = queries.invoices(now.actor, shop=shop or None, state=state or None, before=before, limit=PAGE + 1)
    kept = {name: value for name, value in (("shop", shop), ("state", state)) if value}
    shown = found[:PAGE]
    more = f"/invoices/?{urlencode({**kept, 'after': shown[-1].id})}" if len(found) > PAGE else ""
    page = InvoiceListPage(
        rows=rows_of(now, shown),
        shops=[(each.code, each.name, each.code == shop) for each in now.shops] if len(now.shops) > 1 else (),
        states=[(name, label, name == state) for name, label in INVOICE_STATES.items()],
        sheet_href=f"/invoices/sheet?{urlencode(kept)}",
        cursor=Cursor(len(shown), None, f"/invoices/?{urlencode(kept)}" if before else "", more) if shown else None,
    )
    return show(request, now, "console/invoices/list.html", current=CURRENT, page=page)


@require_GET
@acting()
def sheet(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the list shows, as a workbook."""
    shop, state, _ = _filters(request, now)
    found = queries.invoices(now.actor, shop=shop or None, state=state or None, limit=MOST)
    rows = (cells_of(each, tongue()) for each in found)
    return sheet_answer(f"invoices-{now.at:%Y%m%d}.xlsx", COLUMNS, rows)


def _filters(request: HttpRequest, now: Acting) -> tuple[str, str, int | None]:
    shop, state, after = (request.GET.get(name, "") for name in ("shop", "state", "after"))
    known = shop if any(each.code == shop for each in now.shops) else ""
    before = int(after) if after.isdecimal() and len(after) < 18 else None
    return known, state if state in INVOICE_STATES else "", before
