"""What a member does in the mall for herself. A refusal is told on the page it was asked on; what was written stays."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, member_only, refused
from huiguan.portal.mall.views import auction_page, draw_page, order_page, thing_page
from huiguan.portal.typed import key_of, whole
from huiguan.rewards import inputs
from huiguan.rewards import operations as rewards

WHY = "会员自己办理"


def _to(now: Visiting, path: str, said: Text, request: HttpRequest) -> HttpResponse:
    say_next(request, Said(said))
    return HttpResponseRedirect(f"{now.base}mall/{path}")


def _asked(request: HttpRequest, item: str) -> dict[str, Any]:
    form = request.POST
    asked: dict[str, Any] = {"item": item, "way": form.get("way") or None}
    asked["quantity"] = whole(form.get("quantity") or "1")
    if form.get("points"):
        asked["points"] = whole(form["points"])
    if form.get("flash"):
        asked["flash"] = form["flash"]
    if form.get("way") == "pickup":
        asked["shop"] = form.get("shop") or None
    if form.get("way") == "delivery":
        asked["address"] = {name: form.get(f"address_{name}", "") for name in ("name", "phone", "where")}
    return asked


@require_POST
@member_only
def order(request: HttpRequest, now: Visiting, item: str) -> HttpResponse:
    """One or more of a thing, for points, or points and money paid at the shop."""
    try:
        given = read(inputs.PlaceOrder, _asked(request, item))
        made = rewards.place_order(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return thing_page(request, now, item, refused(refusal, now), refusal.status)
    return _to(now, f"orders/{made.number}/", Text(zh=f"已换 · {made.number}", en=f"Ordered · {made.number}"), request)


@require_POST
@member_only
def wait(request: HttpRequest, now: Visiting, item: str) -> HttpResponse:
    """A place on the wait-list."""
    try:
        given = read(inputs.JoinWaitList, {"item": item, "shop": request.POST.get("shop") or None})
        made = rewards.join_wait_list(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return thing_page(request, now, item, refused(refusal, now), refusal.status)
    said = Text(zh=f"已登记，前面还有 {made.ahead} 位", en=f"You are on the list; {made.ahead} come before")
    return _to(now, f"items/{item}/", said, request)


@require_POST
@member_only
def leave(request: HttpRequest, now: Visiting, item: str) -> HttpResponse:
    """Off the wait-list."""
    try:
        rewards.leave_wait_list(actor=now.actor, at=now.at, given=read(inputs.JoinWaitList, {"item": item}))
    except Refusal as refusal:
        return thing_page(request, now, item, refused(refusal, now), refusal.status)
    return _to(now, f"items/{item}/", Text(zh="已取消登记", en="You are off the list"), request)


@require_POST
@member_only
def cancel(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """Before it is prepared, as the rulebook lets."""
    try:
        given = read(inputs.EndOrder, {"order": number, "why": WHY})
        rewards.cancel_order(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return order_page(request, now, number, refused(refusal, now), refusal.status)
    return _to(now, f"orders/{number}/", Text(zh="已取消，积分退回原处", en="Cancelled; the points went back"), request)


@require_POST
@member_only
def bid(request: HttpRequest, now: Visiting, auction: str) -> HttpResponse:
    """A bid, held until somebody bids more."""
    try:
        given = read(inputs.PlaceBid, {"auction": auction, "points": whole(request.POST.get("points", ""))})
        rewards.place_bid(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return auction_page(request, now, auction, refused(refusal, now), refusal.status)
    return _to(now, f"auctions/{auction}/", Text(zh="出价最高的是您", en="Yours is the highest bid"), request)


@require_POST
@member_only
def enter(request: HttpRequest, now: Visiting, draw: str) -> HttpResponse:
    """Tickets, each with its word."""
    try:
        given = read(inputs.EnterDraw, {"draw": draw, "tickets": whole(request.POST.get("tickets") or "1")})
        made = rewards.enter_draw(actor=now.actor, at=now.at, given=given, key=key_of(request))
    except Refusal as refusal:
        return draw_page(request, now, draw, refused(refusal, now), refusal.status)
    words = "、".join(made.words)
    return _to(now, f"draws/{draw}/", Text(zh=f"签号 {words}", en=f"Your tickets: {words}"), request)
