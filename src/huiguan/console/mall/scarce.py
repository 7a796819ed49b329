"""What is scarce: flash sales, auctions and draws, opened and looked at; and a draw's page for anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.mall import drawing
from huiguan.console.mall.pages import AuctionPage, DrawPage, ScarceForm, ScarceLine, ScarcePage
from huiguan.console.mall.public import addresses, mark_of
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text, either, grouped
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import AuctionTold, DrawTold, FlashTold

CURRENT = "mall"
_KINDS: dict[str, Text] = {
    "flash": Text(zh="秒杀", en="Flash sale"),
    "auction": Text(zh="竞拍", en="Auction"),
    "draw": Text(zh="抽奖", en="Draw"),
}
_SAYS: dict[str, Text] = {
    "flash": Text(zh="这些件数立即从中心库存划出，结束后剩下的归还。", en="The pieces leave the centre’s stock at once; what is left comes back."),
    "auction": Text(zh="拿出一件；出价的积分暂扣，被超过立即放回。", en="One piece; points bid are held, and free again once somebody bids more."),
    "draw": Text(zh="开出即生成秘密并公布其哈希；到时开奖，公布种子，谁都可以重算。", en="The secret is made and its hash published at once; drawn at its moment, it is revealed, and anybody can draw again."),
}  # fmt: skip
_LABELS = {
    "code": Text(zh="代号", en="Code"),
    "item": Text(zh="物品", en="Thing"),
    "quantity": Text(zh="件数", en="Pieces"),
    "points": Text(zh="积分", en="Points"),
    "reserve": Text(zh="起拍", en="Reserve"),
    "step": Text(zh="每次加", en="Step"),
    "opens": Text(zh="开始", en="From"),
    "closes": Text(zh="结束", en="Until"),
    "zh": Text(zh="中文名", en="Chinese name"),
    "en": Text(zh="英文名", en="English name"),
    "member": Text(zh="会员", en="Member"),
    "tickets": Text(zh="张数", en="Tickets"),
    "prizes": Text(zh="奖品", en="Prizes"),
    "cash": Text(zh="加现金", en="And money"),
    "why": Text(zh="缘由", en="Why"),
}
_OPEN: dict[str, tuple[Callable[..., Any], type[Input]]] = {
    "flash": (operations.open_flash, inputs.OpenFlash),
    "auction": (operations.open_auction, inputs.OpenAuction),
    "draw": (operations.open_draw, inputs.OpenDraw),
}
_END = {"flash": operations.close_flash, "auction": operations.withdraw_auction, "draw": operations.withdraw_draw}
_NUMBERS = ("quantity", "points", "reserve", "step", "most")
_SORT = Text(zh="办法", en="kind")


@require_GET
@acting("sell")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Flash sales, auctions and draws, the newest first."""
    rows = [
        *(_flash(each) for each in queries.flashes(now.actor, now.at)),
        *(_auction(each) for each in queries.auctions(now.actor, now.at)),
        *(_draw(each) for each in queries.draws(now.actor, now.at)),
    ]
    page = ScarcePage(
        tabs=drawing.tabs(now, "scarce"),
        rows=sorted(rows, key=lambda row: row.closes_at, reverse=True),
        kinds=list(_KINDS.items()),
        may_keep=now.actor.may("catalogue"),
    )
    return show(request, now, "console/mall/scarce.html", current=CURRENT, page=page)


def _flash(row: FlashTold) -> ScarceLine:
    told = Text(
        zh=f"{grouped(row.points)} 分，余 {row.left:,} / {row.quantity:,} 件",
        en=f"{grouped(row.points)} {either(row.points, 'point', 'points')}, {row.left:,} of {row.quantity:,} left",
    )
    return _line("flash", row.code, reverse("mall:item", args=[row.item]), row, told, row.state in ("coming", "open", "sold_out"))  # fmt: skip


def _auction(row: AuctionTold) -> ScarceLine:
    bid = row.leading or row.reserve
    told = Text(
        zh=f"{row.bids:,} 次出价，{grouped(bid)} 分",
        en=f"{row.bids:,} {either(row.bids, 'bid', 'bids')}, {grouped(bid)} {either(bid, 'point', 'points')}",
    )
    return _line("auction", row.code, reverse("mall:auction", args=[row.code]), row, told, False)


def _draw(row: DrawTold) -> ScarceLine:
    told = Text(
        zh=f"{grouped(row.tickets)} 张券", en=f"{grouped(row.tickets)} {either(row.tickets, 'ticket', 'tickets')}"
    )
    return _line("draw", row.code, reverse("mall:draw", args=[row.code]), row, told, False)


def _line(kind: str, code: str, href: str, row: Any, told: Text, may_end: bool) -> ScarceLine:
    title = Text(zh=row.name["zh"], en=row.name["en"])
    ends = kind if may_end else ""
    return ScarceLine(code, href, title, _KINDS[kind], told, row.opens_at, row.closes_at, mark_of(row.state), ends)


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def new(request: HttpRequest, now: Acting, kind: str) -> HttpResponse:
    """Something scarce opened."""
    if kind not in _KINDS:
        raise NotFound(field="kind", what=_SORT, given=kind[:40])
    if request.method == "GET":
        return _form(request, now, kind, {})
    typed = {name: request.POST.get(name, "").strip() for name in request.POST if name != "csrfmiddlewaretoken"}
    operation, record = _OPEN[kind]
    try:
        given = read(record, _asked(kind, typed))
        operation(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _form(request, now, kind, typed, refused_field(refusal, now, _LABELS), refusal.status)
    title = _KINDS[kind]
    say_next(request, Said(Text(zh=f"{title.zh}已开 · {typed['code']}", en=f"{title.en} opened · {typed['code']}")))
    return HttpResponseRedirect("/mall/scarce/" if kind == "flash" else f"/mall/{kind}s/{typed['code']}/")


def _asked(kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    fields = set(_OPEN[kind][1].model_fields) - {"prizes"}
    asked: dict[str, Any] = {name: value for name, value in typed.items() if name in fields and value}
    for name in _NUMBERS:
        if asked.get(name, "").isdecimal() and len(asked[name]) < 14:
            asked[name] = int(asked[name])
    asked |= {name: asked[name].replace("T", " ") for name in ("opens", "closes") if name in asked}
    if kind == "draw":
        pairs = [(typed.get(f"prize_{n}", ""), typed.get(f"pieces_{n}", "")) for n in (1, 2, 3)]
        asked["prizes"] = [
            {"item": item, "pieces": int(count) if count.isdecimal() else count} for item, count in pairs if item
        ]
    return asked


def _form(
    request: HttpRequest,
    now: Acting,
    kind: str,
    typed: Mapping[str, str],
    told: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    items = [
        (row.code, Text(zh=f"{row.zh}（{row.left:,}）", en=f"{row.en} ({row.left:,})"), row.code == typed.get("item"))
        for row in queries.items(now.actor, limit=200)
        if row.sort in ("goods", "gift") or (kind == "draw" and row.sort == "voucher")
    ]
    page = ScarceForm(
        drawing.tabs(now, "scarce"), kind, _KINDS[kind], _SAYS[kind], items, typed, drawing.fresh_key(), told
    )
    return show(request, now, "console/mall/open.html", current=CURRENT, page=page, status=status)


@require_POST
@acting("catalogue")
def withdrawal(request: HttpRequest, now: Acting, kind: str, code: str) -> HttpResponse:
    """Something scarce taken back, or ended."""
    if kind not in _END:
        raise NotFound(field="kind", what=_SORT, given=kind[:40])
    given = read(inputs.Withdraw, {"code": code, "why": request.POST.get("why", "").strip() or "撤回"})
    _END[kind](actor=now.actor, at=now.at, given=given)
    say_next(request, Said(Text(zh="已撤回，扣着的都已放回", en="Taken back; what was held is free again")))
    return HttpResponseRedirect("/mall/scarce/")


@require_GET
@acting("sell")
def auction(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """One auction with its bids."""
    return _auction_shown(request, now, code)


def _auction_shown(request: HttpRequest, now: Acting, code: str, status: int = 200, **more: Any) -> HttpResponse:
    told = queries.auction(now.actor, code, now.at)
    page = AuctionPage(
        drawing.tabs(now, "scarce"), told, mark_of(told.state), now.actor.may("sell"), now.actor.may("catalogue"),
        drawing.fresh_key(), **more,
    )  # fmt: skip
    return show(request, now, "console/mall/auction.html", current=CURRENT, page=page, status=status)


@require_POST
@acting("sell")
def bid(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """A bid for a member at the counter."""
    return _taken(request, now, code, operations.place_bid, inputs.PlaceBid, "auction", "points", _auction_shown)


@require_GET
@acting("sell")
def draw(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """One draw: its prizes and odds, its commitment, and once it is drawn its seed and winners."""
    return _draw_shown(request, now, code)


def _draw_shown(request: HttpRequest, now: Acting, code: str, status: int = 200, **more: Any) -> HttpResponse:
    told = queries.draw(now.actor, code, now.at)
    public, record = addresses(now.actor.programme, told)
    page = DrawPage(
        drawing.tabs(now, "scarce"), told, mark_of(told.state), public, record, now.actor.may("sell"),
        now.actor.may("catalogue"), drawing.fresh_key(), **more,
    )  # fmt: skip
    return show(request, now, "console/mall/draw.html", current=CURRENT, page=page, status=status)


@require_POST
@acting("sell")
def tickets(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """Tickets for a member at the counter."""
    return _taken(request, now, code, operations.enter_draw, inputs.EnterDraw, "draw", "tickets", _draw_shown)


def _taken(
    request: HttpRequest,
    now: Acting,
    code: str,
    operation: Callable[..., Any],
    record: type[Input],
    what: str,
    number: str,
    shown: Callable[..., HttpResponse],
) -> HttpResponse:
    """A member's bid or tickets, entered by staff."""
    typed = {name: request.POST.get(name, "").strip() for name in ("member", number)}
    figure = typed[number]
    asked = {
        what: code,
        "member": typed["member"] or None,
        number: int(figure) if figure.isdecimal() and len(figure) < 14 else figure,
    }
    try:
        operation(actor=now.actor, at=now.at, given=read(record, asked), key=request.POST.get("key") or None)
    except Refusal as refusal:
        return shown(request, now, code, refusal.status, typed=typed, refused=refused_field(refusal, now, _LABELS))
    say_next(request, Said(Text(zh="已记下", en="Entered")))
    return HttpResponseRedirect(reverse(f"mall:{what}", args=[code]))
