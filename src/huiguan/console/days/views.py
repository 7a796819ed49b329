"""A shop's day as it stands, its close, and the days closed before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CloseDayInput
from huiguan.console.acting import Acting, acting, show, to_the_shop_choice
from huiguan.console.days.drawing import day_page
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity.values import Shop
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "sales"
LATEST = 14


@require_http_methods(["GET", "POST"])
@acting()
def today(request: HttpRequest, now: Acting) -> HttpResponse:
    """The day of `day` (today), of `shop` (the one she stands in); POST closes it."""
    asked = request.POST if request.method == "POST" else request.GET
    shop = _shop(now, asked.get("shop", ""))
    if shop is None:
        return to_the_shop_choice(request)
    day, refusal = asked.get("day") or None, None
    if request.method == "POST":
        try:
            given = read(CloseDayInput, {"shop": shop.code, "day": day, "note": asked.get("note", "")})
            made = checkout.close_day(actor=now.actor, at=now.at, given=given, key=asked.get("key") or None)
            say_next(request, Said(Text(zh=f"已日结 · 第 {made.number} 号", en=f"Closed · number {made.number}")))
            return HttpResponseRedirect(f"/shops/day/{shop.code}/{made.number}/")
        except Refusal as wrong:
            refusal = wrong
    return _shown(request, now, shop, day, refusal)


def _shown(request: HttpRequest, now: Acting, shop: Shop, day: str | None, refusal: Refusal | None) -> HttpResponse:
    page = day_page(
        now,
        queries.day_so_far(now.actor, shop.code, now.at, day),
        open_shifts=queries.shifts(now.actor, shop.code, now.at, still_open=True),
        closes=queries.day_closes(now.actor, shop.code, limit=LATEST),
        refusal=refusal,
    )
    return show(request, now, "console/days/day.html", current=CURRENT, page=page)


@require_GET
@acting()
def closed(request: HttpRequest, now: Acting, shop: str, number: int) -> HttpResponse:
    """A closed day, to be read and printed."""
    page = day_page(now, queries.day_close(now.actor, shop, number))
    return show(request, now, "console/days/day.html", current=CURRENT, page=page)


def _shop(now: Acting, code: str) -> Shop | None:
    return next((each for each in now.shops if each.code == code), now.shop)
