"""Shifts: begun, looked at, cash moved, handed over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CashMoveInput, HandOverInput, OpenShiftInput
from huiguan.checkout.values import MEANS, ShiftView
from huiguan.console.acting import Acting, acting, show, to_the_shop_choice
from huiguan.console.shifts.drawing import MOVES, opening_page, shift_page
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "till"
LATEST = 8


@require_http_methods(["GET", "POST"])
@acting("sell")
def own(request: HttpRequest, now: Acting) -> HttpResponse:
    """The shift she has open; without one, where it is begun. POST begins it."""
    view = queries.own_shift(now.actor, now.at)
    if view is not None and request.method == "GET":
        return _shown(request, now, view)
    if now.shop is None:
        return to_the_shop_choice(request)
    till, opening, refusal = request.POST.get("till", "1"), request.POST.get("opening", ""), None
    if request.method == "POST":
        given = {"shop": now.shop.code, "till": till, "opening": _money(opening) or "0"}
        try:
            asked = read(OpenShiftInput, given)
            checkout.open_shift(actor=now.actor, at=now.at, given=asked, key=request.POST.get("key") or None)
            say_next(request, Said(Text(zh="已开班", en="The shift has begun")))
            return HttpResponseRedirect("/till/shift/")
        except Refusal as wrong:
            refusal = wrong
    others = queries.shifts(now.actor, now.shop.code, now.at, limit=LATEST)
    page = opening_page(now, now.shop.name, others, till=till, opening=opening, refusal=refusal)
    return show(request, now, "console/shifts/opening.html", current=CURRENT, page=page)


@require_GET
@acting()
def one(request: HttpRequest, now: Acting, shift: str) -> HttpResponse:
    """A shift as it stands, or its hand-over sheet."""
    return _shown(request, now, queries.shift(now.actor, shift, now.at))


def _shown(request: HttpRequest, now: Acting, view: ShiftView) -> HttpResponse:
    return show(request, now, "console/shifts/shift.html", current=CURRENT, page=shift_page(now, view))


@require_POST
@acting()
def hand_over(request: HttpRequest, now: Acting, shift: str) -> HttpResponse:
    """What was counted; refused where it differs without a reason, with what was typed."""
    typed = {means: request.POST.get(means, "").strip() for means in MEANS}
    reason = request.POST.get("reason", "")
    counted = [{"means": means, "amount": _money(text)} for means, text in typed.items() if text]
    try:
        given = read(HandOverInput, {"shift": shift, "counted": counted, "reason": reason})
        view = checkout.hand_over(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        view = queries.shift(now.actor, shift, now.at)
        page = shift_page(now, view, counted=typed if any(typed.values()) else None, reason=reason, refusal=refusal)
        return show(request, now, "console/shifts/shift.html", current=CURRENT, page=page)
    say_next(request, Said(Text(zh="已交班", en="Handed over")))
    return HttpResponseRedirect(f"/till/shift/{view.id}/")


@require_POST
@acting()
def cash(request: HttpRequest, now: Acting, shift: str) -> HttpResponse:
    """Cash put in or taken out."""
    kind, amount = request.POST.get("kind", ""), _money(request.POST.get("amount", ""))
    try:
        told = {"shift": shift, "kind": kind, "amount": amount, "reason": request.POST.get("reason", "")}
        given = read(CashMoveInput, told)
        checkout.move_cash(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = shift_page(now, queries.shift(now.actor, shift, now.at), move_refusal=refusal)
        return show(request, now, "console/shifts/shift.html", current=CURRENT, page=page)
    yuan, way = words.yuan(given.amount), MOVES[kind]
    say_next(request, Said(Text(zh=f"{way.zh} {yuan}", en=f"{way.en}: {yuan}")))
    return HttpResponseRedirect(f"/till/shift/{shift}/")


def _money(text: str) -> str:
    """An amount as typed, without the grouping and the sign people write."""
    return text.strip().replace(",", "").replace("，", "").lstrip("¥￥").strip()
