"""Sales: the list, one sale, taking goods back, voiding."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import SignInput, VoidInput
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.values import ReturnView
from huiguan.console.acting import Acting, acting, show
from huiguan.console.keys import new_key
from huiguan.console.sales.listing import found_sales, list_page
from huiguan.console.sales.returning import back_of, return_page, return_plan
from huiguan.console.sales.telling import sale_page, tier_words
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either

CURRENT = "sales"


@require_GET
@acting("return")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Sales, newest first; `q` a bill number leads to its page."""
    query = request.GET.get("q", "").strip()
    sale = _by_number(now, query) if query else None
    if sale is not None:
        return HttpResponseRedirect(f"/sales/{sale}/")
    return show(request, now, "console/sales/list.html", current=CURRENT, page=list_page(now, request.GET))


@require_GET
@acting("return")
def find(request: HttpRequest, now: Acting) -> HttpResponse:
    """F6: scan the receipt, or name the member; then choose what comes back."""
    query = request.GET.get("q", "").strip()
    sale = _by_number(now, query) if query else None
    if sale is not None:
        return HttpResponseRedirect(f"/sales/{sale}/return")
    page = found_sales(now, query)
    return show(request, now, "console/sales/find.html", current=CURRENT, page=page)


def _by_number(now: Acting, text: str) -> str | None:
    """The sale of that bill number or id, however the scanner writes it."""
    for each in dict.fromkeys((text, text.upper())):
        try:
            return questions.sale(now.actor, each).id
        except SaleUnknown:
            continue
    return None


@require_GET
@acting()
def detail(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """One sale: its lines, its reasons, what came back; for whoever may read it."""
    return show(request, now, "console/sales/detail.html", current=CURRENT, sale=sale_page(now, reference))


@require_http_methods(["GET", "POST"])
@acting("return")
def give_back(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """Choose what comes back; POST makes it."""
    if request.method == "GET":
        return _return_page(request, now, reference)
    back = back_of(request.POST)
    if not back.lines:
        return _return_page(request, now, reference)
    try:
        given = back.given(reference, now.shop.code if now.shop else None)
        made = checkout.return_sale(actor=now.actor, at=now.at, given=given, key=back.key)
    except Refusal as refusal:
        page = return_page(now, reference, back, refusal)
        return show(request, now, "console/sales/return.html", current=CURRENT, page=page)
    say_next(request, Said(_made(made)))
    return HttpResponseRedirect(f"/sales/{made.sale}/")


def _return_page(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    return show(request, now, "console/sales/return.html", current=CURRENT, page=return_page(now, reference))


def _made(made: ReturnView) -> Text:
    """Refunded ¥1,192.35 · −22 points."""
    refund = words.yuan(abs(made.refund))
    zh, en = (
        ([f"已退 {refund}"], [f"Refunded {refund}"])
        if made.refund >= 0
        else ([f"顾客补 {refund}"], [f"{refund} was paid in"])
    )
    for amount in made.taken_back.values():
        if amount:
            zh.append(f"扣回 {words.grouped(amount)} 分")
            en.append(f"{words.grouped(amount)} {either(amount, 'point', 'points')} taken back")
    for amount in made.given_back.values():
        zh.append(f"退回 {words.grouped(amount)} 分")
        en.append(f"{words.grouped(amount)} {either(amount, 'point', 'points')} given back")
    tier = tier_words(made.tier)
    if tier is not None:
        zh.append(f"恢复为{tier.zh}")
        en.append(f"back to {tier.en}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


@require_POST
@acting("return")
def plan(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """What the chosen lines would come to; the part beside the lines."""
    sale = questions.sale(now.actor, reference)
    told = return_plan(now, sale, back_of(request.POST))
    return render(request, "console/sales/plan.html", {"plan": told})


@require_POST
@acting("sell")
def sign(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """Note who has signed the record since."""
    try:
        given = read(SignInput, {"sale": reference, "signed": request.POST.getlist("signed")})
        made = checkout.sign_sale(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = sale_page(now, reference, refusal)
        return show(request, now, "console/sales/detail.html", current=CURRENT, sale=page)
    units = sum(made.document["earned"].values())
    counted = Text(
        zh=f"都签了，从现在起作数 · +{units:,} 分",
        en=f"Signed: it counts from now on · +{units:,} {either(units, 'point', 'points')}",
    )
    still = Text(zh="已记下，还缺一方签字", en="Noted; one signature is still missing")
    say_next(request, Said(still if made.document["unsigned"] else counted))
    return HttpResponseRedirect(f"/sales/{made.id}/")


@require_http_methods(["GET", "POST"])
@acting("void")
def void(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """Undo a sale of today; asked first, with its reason."""
    if request.method == "GET":
        sale = sale_page(now, reference)
        template = "sheet" if request.headers.get("HX-Request") else "page"
        context: dict[str, Any] = {"sale": sale, "key": new_key(), "action": f"/sales/{sale.id}/void"}
        if template == "sheet":
            return render(request, "console/sales/void_sheet.html", context)
        return show(request, now, "console/sales/void.html", current=CURRENT, **context)
    try:
        given = read(VoidInput, {"sale": reference, "reason": request.POST.get("reason", "")})
        made = checkout.void_sale(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = sale_page(now, reference, refusal)
        return show(request, now, "console/sales/detail.html", current=CURRENT, sale=page)
    refund = words.yuan(made.refund)
    say_next(request, Said(Text(zh=f"已作废 · 退 {refund}", en=f"Voided · {refund} refunded")))
    return HttpResponseRedirect(f"/sales/{made.sale}/")
