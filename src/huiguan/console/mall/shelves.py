"""The shelves: things listed, made, changed, stocked, pictured, withdrawn; and had for a member at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.mall import drawing
from huiguan.console.mall.pages import ItemLine, ItemPage, ItemsPage
from huiguan.design.saying import say_next
from huiguan.design.values import Cursor, Refused, Said
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import SORTS, WAYS, ItemTold

CURRENT = "mall"
PAGE = 40
_STATES = {
    "": Text(zh="在架", en="On the shelf"),
    "low": Text(zh="将缺货", en="Running out"),
    "withdrawn": Text(zh="已下架", en="Withdrawn"),
    "all": Text(zh="全部", en="All"),
}
_ALL = Text(zh="全部", en="All")
_PICTURE = Text(zh="图片", en="picture")
_CAUSES = {
    "stock": Text(zh="进出", en="In or out"),
    "count": Text(zh="盘点", en="Count"),
    "transfer": Text(zh="调拨", en="Transfer"),
    "order": Text(zh="下单", en="Order"),
    "back": Text(zh="退回", en="Came back"),
    "wait": Text(zh="候补保留", en="Kept for who waits"),
    "flash": Text(zh="秒杀", en="Flash sale"),
    "auction": Text(zh="竞拍", en="Auction"),
    "draw": Text(zh="抽奖", en="Draw"),
}


@require_GET
@acting("sell")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Everything in the mall, by zone and state."""
    return _listed(request, now)


def _listed(request: HttpRequest, now: Acting, told: Refused | None = None) -> HttpResponse:
    given = request.GET
    asked = {name: given.get(name, "").strip() for name in ("q", "zone", "state")}
    asked["state"] = asked["state"] if asked["state"] in _STATES else ""
    rows = queries.items(
        now.actor, text=asked["q"], zone=asked["zone"] or None, state=asked["state"], after=given.get("after", ""),
        limit=PAGE + 1,
    )  # fmt: skip
    shown = rows[:PAGE]
    after = (
        f"/mall/items/?q={asked['q']}&zone={asked['zone']}&state={asked['state']}&after={shown[-1].code}"
        if shown
        else ""
    )
    zones = {zone.code: Text(zh=zone.zh, en=zone.en) for zone in queries.zones(now.actor)}
    page = ItemsPage(
        tabs=drawing.tabs(now, "items"),
        rows=[_line(row, zones) for row in shown],
        zones=drawing.zone_choices(now, asked["zone"], _ALL),
        states=[(name, title, name == asked["state"]) for name, title in _STATES.items()],
        asked=asked,
        filtered=any(asked.values()),
        may_keep=now.actor.may("catalogue"),
        key=drawing.fresh_key(),
        cursor=Cursor(len(shown), after=after) if len(rows) > PAGE else None,
        refused=told,
    )
    return show(
        request, now, "console/mall/items.html", current=CURRENT, page=page, status=200 if told is None else 422
    )


def _line(row: ItemTold, zones: Mapping[str, Text]) -> ItemLine:
    href = reverse("mall:item", args=[row.code])
    zone = zones.get(row.zone or "", drawing.NONE)
    return ItemLine(
        row, Text(zh=row.zh, en=row.en), href, drawing.price_of(row), SORTS[row.sort], zone, drawing.item_mark(row)
    )


@require_GET
@acting("sell")
def item(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """One thing: what it costs, where it lies, who waits; and had for a member."""
    return _shown(request, now, code)


def _shown(request: HttpRequest, now: Acting, code: str, status: int = 200, **more: Any) -> HttpResponse:
    row = queries.item(now.actor, code)
    titles = drawing.tier_titles(now)
    page = ItemPage(
        tabs=drawing.tabs(now, "items"),
        item=row,
        name=Text(zh=row.zh, en=row.en),
        about=Text(zh=row.about_zh, en=row.about_en),
        sort=SORTS[row.sort],
        zone=drawing.zone_of(now, row.zone),
        price=drawing.price_of(row),
        tiers=_joined([titles.get(tier, Text(zh=tier, en=tier)) for tier in row.tiers]),
        mark=drawing.item_mark(row),
        places=[(drawing.place_title(now, line.shop), line.left) for line in row.stock],
        moves=[
            (move, drawing.place_title(now, move.shop), _CAUSES.get(move.cause.partition(":")[0], drawing.NONE))
            for move in queries.stock_moves(now.actor, code, limit=30)
        ],
        waits=queries.waits(now.actor, item=code) if row.waiting else (),
        shops=drawing.shop_choices(now, now.shop.code if now.shop else None),
        ways=[(name, WAYS[name], name == "pickup") for name in ("pickup", "delivery")],
        means=drawing.means_choices(),
        may_keep=now.actor.may("catalogue"),
        may_sell=now.actor.may("sell"),
        key=drawing.fresh_key(),
        **more,
    )
    return show(request, now, "console/mall/item.html", current=CURRENT, page=page, status=status)


def _joined(texts: list[Text]) -> Text:
    return Text(zh="、".join(each.zh for each in texts), en=", ".join(each.en for each in texts))


@require_POST
@acting("sell")
def order(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """The thing for a member at the counter."""
    typed = {name: request.POST.get(name, "").strip() for name in ("member", "quantity", "way", "shop", "points")}
    asked: dict[str, Any] = {"item": code, "member": typed["member"]}
    asked |= {
        name: int(typed[name]) for name in ("quantity", "points") if typed[name].isdecimal() and len(typed[name]) < 9
    }
    if queries.item(now.actor, code).sort not in ("voucher", "code"):
        asked |= {"way": typed["way"]} | ({"shop": typed["shop"]} if typed["way"] == "pickup" and typed["shop"] else {})
    try:
        given = read(inputs.PlaceOrder, asked)
        view = operations.place_order(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        told = refused_field(refusal, now, drawing.LABELS)
        return _shown(request, now, code, refusal.status, typed=typed, order_refused=told)
    say_next(request, Said(Text(zh=f"已下单 · {view.number}", en=f"Ordered · {view.number}")))
    return HttpResponseRedirect(reverse("mall:order", args=[view.number]))


@require_POST
@acting("catalogue")
def stock(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """Pieces in, out, moved or counted."""
    what, shop = request.POST.get("what", "in"), request.POST.get("shop", "") or None
    number, why = request.POST.get("pieces", "").strip(), request.POST.get("why", "").strip()
    pieces: Any = int(number) if number.isdecimal() and len(number) < 9 else number
    told: dict[str, tuple[Any, type[Input], dict[str, Any]]] = {
        "in": (operations.move_stock, inputs.StockInput, {"shop": shop, "pieces": pieces, "why": why or "进货"}),
        "out": (operations.move_stock, inputs.StockInput, {"shop": shop, "pieces": -pieces if pieces else 0, "why": why}),
        "count": (operations.count_stock, inputs.CountStock, {"shop": shop, "counted": pieces, "why": why}),
        "move": (operations.transfer_stock, inputs.TransferStock, {"target": shop, "pieces": pieces}),
    }  # fmt: skip
    operation, record, given = told.get(what, told["in"])
    return _done(request, now, code, operation, read_or(record, {"item": code, **given}))


def read_or(record: type[Input], given: Mapping[str, Any]) -> Any:
    """The input read, or the refusal it ends in."""
    try:
        return read(record, given)
    except Refusal as refusal:
        return refusal


def _done(request: HttpRequest, now: Acting, code: str, operation: Any, given: Any) -> HttpResponse:
    try:
        if isinstance(given, Refusal):
            raise given
        operation(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _shown(request, now, code, refusal.status, refused=refused_field(refusal, now, drawing.LABELS))
    say_next(request, Said(Text(zh="已写下", en="Written down")))
    return HttpResponseRedirect(reverse("mall:item", args=[code]))


@require_POST
@acting("catalogue")
def codes(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """Outside codes, one a line."""
    lines = [line.strip() for line in request.POST.get("codes", "").splitlines() if line.strip()]
    return _done(request, now, code, operations.add_codes, read_or(inputs.AddCodes, {"item": code, "codes": lines}))


@require_POST
@acting("catalogue")
def picture(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """The picture of a thing, judged by its content."""
    file = request.FILES.get("picture")
    try:
        content = file.read(operations.MOST_BYTES + 1) if file is not None else b""
        operations.keep_picture(actor=now.actor, at=now.at, item=code, content=content)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _shown(request, now, code, refusal.status, refused=refused_field(refusal, now, drawing.LABELS))
    say_next(request, Said(Text(zh="图片已换上", en="The picture is there")))
    return HttpResponseRedirect(reverse("mall:item", args=[code]))


@require_POST
@acting("catalogue")
def withdrawal(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """Off the shelf."""
    return _done(request, now, code, operations.withdraw_item, read_or(inputs.WithdrawItem, {"item": code}))


@require_POST
@acting("catalogue")
def zone(request: HttpRequest, now: Acting) -> HttpResponse:
    """A zone, made or renamed."""
    given = {name: request.POST.get(name, "").strip() for name in ("code", "zh", "en")}
    place = request.POST.get("place", "").strip()
    try:
        asked = read(inputs.KeepZone, given | ({"place": int(place)} if place.isdecimal() else {}))
        operations.keep_zone(actor=now.actor, at=now.at, given=asked)
    except Refusal as refusal:
        return _listed(request, now, refused_field(refusal, now, drawing.LABELS))
    say_next(request, Said(Text(zh=f"专区 · {given['zh']}", en=f"Zone · {given['en']}")))
    return HttpResponseRedirect(f"/mall/items/?zone={given['code']}")


@require_GET
@acting()
def shown(request: HttpRequest, now: Acting, digest: str) -> HttpResponse:
    """A picture by its digest; it never changes under it."""
    found = queries.picture(now.actor.programme, digest)
    if found is None:
        raise NotFound(field="picture", what=_PICTURE, given=digest[:12])
    kind, content = found
    return HttpResponse(content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
