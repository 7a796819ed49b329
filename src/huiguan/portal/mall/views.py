"""What stands in the mall, what it costs *her*, and every reason why she may not have it now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET

from huiguan.design.values import Why
from huiguan.identity import queries as identity
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, member_only, show
from huiguan.portal.knowing import known_member
from huiguan.rewards import queries as rewards
from huiguan.rewards.refusals import ItemUnknown
from huiguan.rewards.values import STATES, WAYS, ShelfItem

CURRENT = "mall"


@require_GET
@member_only
def shelves(request: HttpRequest, now: Visiting) -> HttpResponse:
    """All shelves, everyday things last; what is scarce first."""
    items = rewards.shelf(now.actor, now.at)
    zones = [
        (Text(zh=zone.zh, en=zone.en), [each for each in items if each.zone == zone.code])
        for zone in rewards.zones(now.actor)
    ]
    loose = [each for each in items if each.zone is None]
    named = [(title, found) for title, found in zones if found]
    if loose:
        named.append((Text(zh="其他", en="More") if named else Text(zh="商城", en="The mall"), loose))
    context: dict[str, Any] = {
        "zones": named,
        "balance": _balance(now),
        "flashes": [each for each in rewards.flashes(now.actor, now.at) if each.state in ("coming", "open")],
        "auctions": [each for each in rewards.auctions(now.actor, now.at) if each.state in ("coming", "open")],
        "draws": [each for each in rewards.draws(now.actor, now.at) if each.state in ("coming", "open")],
        "orders": len(rewards.orders(now.actor, now.at, state="open")),
        "waits": rewards.waits(now.actor),
    }
    return show(request, now, "portal/mall/shelves.html", current=CURRENT, **context)


def _balance(now: Visiting) -> int:
    """What she may spend in the mall."""
    member = known_member(now)
    return member.has(member.unit) if member.unit else 0


@require_GET
@member_only
def thing(request: HttpRequest, now: Visiting, item: str) -> HttpResponse:
    """One thing, and how to have it."""
    return thing_page(request, now, item)


def thing_page(request: HttpRequest, now: Visiting, item: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a thing; `refusal`: why she did not get it, what she wrote still there."""
    found = next((each for each in rewards.shelf(now.actor, now.at, code=item)), None)
    if found is None:
        raise ItemUnknown(field="item", item=item)
    shops = {each.code: each.name for each in identity.shops(now.actor)}
    flash = [each for each in rewards.flashes(now.actor, now.at) if each.item == found.code and each.state == "open"]
    context: dict[str, Any] = {
        "item": found,
        "why": [Why(each["text"], clause_refs(now, each["clause"])) for each in found.why],
        "reasons": [Why(each["text"], clause_refs(now, each["clause"])) for each in found.reasons],
        "ways": [(way, WAYS[way]) for way in found.ways],
        "way": request.POST.get("way", found.ways[0]),
        "shops": [(line.shop, shops[line.shop], line.left) for line in found.shops if line.shop in shops],
        "every_shop": list(shops.items()),
        "flash": flash[0] if flash else None,
        "balance": _balance(now),
        "typed": request.POST,
        "key": get_random_string(22),
        "sold_out": _sold_out(found),
    }
    return show(request, now, "portal/mall/thing.html", current=CURRENT, refusal=refusal, **context)


def _sold_out(item: ShelfItem) -> bool:
    return item.left is not None and item.left <= 0


@require_GET
@member_only
def picture(request: HttpRequest, now: Visiting, digest: str) -> HttpResponse:
    """A picture by its digest, which never changes."""
    found = rewards.picture(now.programme.id, digest)
    if found is None:
        raise Http404
    return HttpResponse(found[1], content_type=found[0])


@require_GET
@member_only
def orders(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Her orders, the newest first."""
    found = rewards.orders(now.actor, now.at)
    told = [(each, STATES[each.state]) for each in found]
    return show(request, now, "portal/mall/orders.html", current=CURRENT, orders=told)


@require_GET
@member_only
def ordered(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """One order: where it stands, what she shows to have it, what can still be done."""
    return order_page(request, now, number)


def order_page(request: HttpRequest, now: Visiting, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """An order of hers; OrderUnknown otherwise."""
    order = rewards.order(now.actor, number, now.at)
    shop = identity.shops_by_code(now.programme.id, [order.shop]).get(order.shop) if order.shop else None
    waits = order.state in ("placed", "prepared", "ready", "sent")
    context: dict[str, Any] = {
        "order": order,
        "state": STATES[order.state],
        "way": WAYS.get(order.way),
        "shop": shop.name if shop else "",
        "code": rewards.collection_code(now.actor, number) if waits and order.way == "pickup" else "",
        "address": rewards.address_of(now.actor, number) if order.way == "delivery" else None,
        "reasons": [Why(each["text"], clause_refs(now, each["clause"])) for each in order.reasons],
        "steps": [
            (STATES.get(each.state, Text(zh=each.state, en=each.state)), each.at, each.why) for each in order.history
        ],
        "may_cancel": order.state in ("placed", "prepared"),
        "may_return": order.returnable_until is not None
        and now.at < order.returnable_until
        and order.state == "received",
    }
    return show(request, now, "portal/mall/order.html", current=CURRENT, refusal=refusal, **context)


@require_GET
@member_only
def auction(request: HttpRequest, now: Visiting, auction: str) -> HttpResponse:
    """An auction with its bids; others are masked."""
    return auction_page(request, now, auction)


def auction_page(request: HttpRequest, now: Visiting, code: str, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "auction": rewards.auction(now.actor, code, now.at), "balance": _balance(now),
        "typed": request.POST.get("points", ""), "key": get_random_string(22),
    }  # fmt: skip
    return show(request, now, "portal/mall/auction.html", current=CURRENT, refusal=refusal, **context)


@require_GET
@member_only
def draw(request: HttpRequest, now: Visiting, draw: str) -> HttpResponse:
    """A draw: prizes, odds, what was committed, her own tickets."""
    return draw_page(request, now, draw)


def draw_page(request: HttpRequest, now: Visiting, code: str, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "draw": rewards.draw(now.actor, code, now.at), "balance": _balance(now),
        "key": get_random_string(22),
    }  # fmt: skip
    return show(request, now, "portal/mall/draw.html", current=CURRENT, refusal=refusal, **context)
