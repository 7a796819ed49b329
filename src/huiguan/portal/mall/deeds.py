"""What a member does in the mall for herself. A refusal is told on the page it was asked on; what was written stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, go_on, member_only
from huiguan.portal.mall.views import auction_page, draw_page, order_page, thing_page
from huiguan.portal.typed import key_of, whole
from huiguan.rewards import inputs
from huiguan.rewards import operations as rewards

WHY = "会员自己办理"
Done = tuple[str, Text]  # the page of the mall it leads to, and what is said there
Page = Callable[[HttpRequest, Visiting, str, Refusal], HttpResponse]


def deed(page: Page) -> Callable[[Callable[[HttpRequest, Visiting, str], Done]], Callable[..., HttpResponse]]:
    """Wrap what is done about a thing by its name; refused, `page` tells it."""

    def wrap(do: Callable[[HttpRequest, Visiting, str], Done]) -> Callable[..., HttpResponse]:
        @require_POST
        @member_only
        @wraps(do)
        def asked(request: HttpRequest, now: Visiting, **address: str) -> HttpResponse:
            (name,) = address.values()
            try:
                path, said = do(request, now, name)
            except Refusal as refusal:
                return page(request, now, name, refusal)
            return go_on(request, now, f"mall/{path}", said)

        return asked

    return wrap


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


@deed(thing_page)
def order(request: HttpRequest, now: Visiting, item: str) -> Done:
    """One or more of a thing, for points, or points and money paid at the shop."""
    given = read(inputs.PlaceOrder, _asked(request, item))
    made = rewards.place_order(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return f"orders/{made.number}/", Text(zh=f"已换 · {made.number}", en=f"Ordered · {made.number}")


@deed(thing_page)
def wait(request: HttpRequest, now: Visiting, item: str) -> Done:
    """A place on the wait-list."""
    given = read(inputs.JoinWaitList, {"item": item, "shop": request.POST.get("shop") or None})
    made = rewards.join_wait_list(actor=now.actor, at=now.at, given=given, key=key_of(request))
    said = Text(zh=f"已登记，前面还有 {made.ahead} 位", en=f"You are on the list; {made.ahead} come before")
    return f"items/{item}/", said


@deed(thing_page)
def leave(request: HttpRequest, now: Visiting, item: str) -> Done:
    """Off the wait-list."""
    rewards.leave_wait_list(actor=now.actor, at=now.at, given=read(inputs.JoinWaitList, {"item": item}))
    return f"items/{item}/", Text(zh="已取消登记", en="You are off the list")


@deed(order_page)
def cancel(request: HttpRequest, now: Visiting, number: str) -> Done:
    """Before it is prepared, as the rulebook lets."""
    given = read(inputs.EndOrder, {"order": number, "why": WHY})
    rewards.cancel_order(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return f"orders/{number}/", Text(zh="已取消，积分退回原处", en="Cancelled; the points went back")


@deed(auction_page)
def bid(request: HttpRequest, now: Visiting, auction: str) -> Done:
    """A bid, held until somebody bids more."""
    given = read(inputs.PlaceBid, {"auction": auction, "points": whole(request.POST.get("points", ""))})
    rewards.place_bid(actor=now.actor, at=now.at, given=given, key=key_of(request))
    return f"auctions/{auction}/", Text(zh="出价最高的是您", en="Yours is the highest bid")


@deed(draw_page)
def enter(request: HttpRequest, now: Visiting, draw: str) -> Done:
    """Tickets, each with its word."""
    given = read(inputs.EnterDraw, {"draw": draw, "tickets": whole(request.POST.get("tickets") or "1")})
    made = rewards.enter_draw(actor=now.actor, at=now.at, given=given, key=key_of(request))
    zh, en = "、".join(made.words), ", ".join(made.words)
    return f"draws/{draw}/", Text(zh=f"签号 {zh}", en=f"Your tickets: {en}")
