"""Payments: the list, one with its steps, refunds, and statements held against our books."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.billing import operations
from huiguan.billing.inputs import ClearDisputeInput, CloseDifferenceInput, ReconcileInput, RefundPaymentInput
from huiguan.console.acting import Acting, acting, show
from huiguan.console.payments.drawing import lines_of, list_page, payment_page, statement_page
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.programme import queries as programmes

CURRENT = "books"


@require_GET
@acting()
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Payments, newest first; only those with something unsettled where asked."""
    after = request.GET.get("after", "")
    before = int(after) if after.isdecimal() and len(after) < 18 else None
    page = list_page(now, bool(request.GET.get("unsettled")), before)
    return show(request, now, "console/payments/list.html", current=CURRENT, page=page)


@require_GET
@acting()
def one(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One payment and all that became of it."""
    return show(request, now, "console/payments/one.html", current=CURRENT, page=payment_page(now, number))


@require_POST
@acting("return")
def refund(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """Give some of it back."""
    typed = {name: request.POST.get(name, "").strip() for name in ("amount", "reason")}

    def do() -> None:
        given = read(RefundPaymentInput, {**typed, "payment": number})
        operations.refund_payment(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    return _done(request, now, number, typed, do, Text(zh="已要求退款", en="The refund is asked for"))


@require_POST
@acting("correct")
def clear(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """What the provider says otherwise has been settled."""
    typed = {"reason": request.POST.get("reason", "").strip()}

    def do() -> None:
        given = read(ClearDisputeInput, {**typed, "payment": number})
        operations.clear_dispute(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)

    return _done(request, now, number, typed, do, Text(zh="已记下", en="Noted"))


def _done(
    request: HttpRequest, now: Acting, number: str, typed: dict[str, str], do: Callable[[], None], said: Text
) -> HttpResponse:
    try:
        do()
    except Refusal as refusal:
        page = payment_page(now, number, typed, refusal)
        return show(request, now, "console/payments/one.html", current=CURRENT, page=page)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/payments/{number}/")


@require_http_methods(["GET", "POST"])
@acting("audit")
def statements(request: HttpRequest, now: Acting) -> HttpResponse:
    """Lines that do not agree; POST holds a day's statement against our books."""
    today = local_day(now.at, programmes.programme_at(now.actor.programme, now.at).zone)
    if request.method != "POST":
        page = statement_page(now, "terminal", today)
        return show(request, now, "console/payments/statements.html", current=CURRENT, page=page)
    typed = {name: request.POST.get(name, "").strip() for name in ("means", "day", "lines")}
    day = today
    try:
        day = day_of(typed["day"], "day")
        given = read(ReconcileInput, {"means": typed["means"], "day": day, "lines": lines_of(typed["lines"])})
        made = operations.reconcile_day(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = statement_page(now, typed["means"], day, typed, refusal=refusal)
        return show(request, now, "console/payments/statements.html", current=CURRENT, page=page)
    waiting = sum(1 for each in made.differences if each.closed_at is None)
    told = Text(
        zh=f"{made.agreed} 行相符，{waiting} 行对不上",
        en=f"{made.agreed} {either(made.agreed, 'line agrees', 'lines agree')}, {waiting} {either(waiting, 'does', 'do')} not",
    )
    page = statement_page(now, typed["means"], day, {}, told)
    return show(request, now, "console/payments/statements.html", current=CURRENT, page=page)


@require_POST
@acting("correct")
def explain(request: HttpRequest, now: Acting, difference: int) -> HttpResponse:
    """Why a line does not agree."""
    given = read(CloseDifferenceInput, {"difference": difference, "reason": request.POST.get("reason", "").strip()})
    operations.close_difference(actor=now.actor, at=now.at, given=given)
    say_next(request, Said(Text(zh="已说明", en="Explained")))
    return HttpResponseRedirect("/payments/statements/")
