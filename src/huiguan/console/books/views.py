"""The books: their sums, their proof on demand, and the trail of who did what."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.analytics import operations as analytics
from huiguan.analytics.inputs import EstimateInput
from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import CustodyInput
from huiguan.console.acting import Acting, acting, show
from huiguan.console.books.drawing import audit_page, books_page
from huiguan.console.books.figures import COLUMNS, asked_month, days_page, days_rows, owed_page, ten_thousandths
from huiguan.console.books.proving import ask_proof, proof_part
from huiguan.console.books.stored import stored_page
from huiguan.design.markup import tongue
from huiguan.design.saying import say_next
from huiguan.design.sending import sheet_answer
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "books"


@require_GET
@acting("audit")
def books(request: HttpRequest, now: Acting) -> HttpResponse:
    """Each unit's book as of now, the last proof, the last seals."""
    return show(request, now, "console/books/books.html", current=CURRENT, page=books_page(now))


@never_cache
@require_http_methods(["GET", "POST"])
@acting("audit")
def proof(request: HttpRequest, now: Acting) -> HttpResponse:
    """A post has the books proved; the part is asked for until it is done."""
    if request.method == "POST":
        ask_proof(now)
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect("/books/")
    return render(request, "console/books/proof.html", {"proof": proof_part(now)})


@require_GET
@acting("audit")
def audit(request: HttpRequest, now: Acting) -> HttpResponse:
    """Who did what, about whom, when."""
    page = audit_page(now, request.GET.dict())
    return show(request, now, "console/books/audit.html", current=CURRENT, page=page)


@require_GET
@acting("audit")
def days(request: HttpRequest, now: Acting) -> HttpResponse:
    """What each unit's books moved in a month."""
    page = days_page(now, asked_month(now, request.GET.get("month", "")))
    return show(request, now, "console/books/days.html", current=CURRENT, page=page)


@require_GET
@acting("audit")
def days_sheet(request: HttpRequest, now: Acting) -> HttpResponse:
    """The month as a workbook."""
    month = asked_month(now, request.GET.get("month", ""))
    return sheet_answer(f"postings-{month:%Y%m}.xlsx", COLUMNS, days_rows(now, month, tongue()))


@require_GET
@acting("audit")
def owed(request: HttpRequest, now: Acting) -> HttpResponse:
    """What is owed for a unit that came with sales."""
    page = owed_page(now, request.GET.get("unit", ""))
    return show(request, now, "console/books/owed.html", current=CURRENT, page=page)


@require_POST
@acting("estimate")
def estimate(request: HttpRequest, now: Acting) -> HttpResponse:
    """How much of a unit is expected to be used, from now on."""
    typed = {name: request.POST.get(name, "").strip() for name in ("unit", "part", "month", "units", "worth", "reason")}
    try:
        given = read(EstimateInput, _estimated(typed))
        analytics.estimate_use(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = owed_page(now, typed["unit"], typed, refusal)
        return show(request, now, "console/books/owed.html", current=CURRENT, page=page)
    say_next(request, Said(Text(zh="已记下", en="Noted")))
    return HttpResponseRedirect(f"/books/owed/?{urlencode({'unit': given.unit})}")


def _estimated(typed: dict[str, str]) -> dict[str, object]:
    """As the operation takes it; what was left empty is not there."""
    told: dict[str, object] = {name: value for name, value in typed.items() if value}
    told["part"] = ten_thousandths(typed["part"])
    if typed["units"].isascii() and typed["units"].isdigit():
        told["units"] = int(typed["units"])
    return told


@require_GET
@acting("audit")
def stored(request: HttpRequest, now: Acting) -> HttpResponse:
    """All that is stored, beside what the law allows."""
    return show(request, now, "console/books/stored.html", current=CURRENT, page=stored_page(now))


@require_POST
@acting("organise")
def custody(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the custodian's statement says."""
    typed = {name: request.POST.get(name, "").strip() for name in ("day", "balance", "note")}
    try:
        given = read(CustodyInput, typed)
        checkout.record_custody(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return show(request, now, "console/books/stored.html", current=CURRENT, page=stored_page(now, typed, refusal))
    say_next(request, Said(Text(zh="已登记", en="Noted")))
    return HttpResponseRedirect("/books/stored/")
