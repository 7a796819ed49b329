"""The form of a thing: put on the shelf, or changed as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.mall import drawing
from huiguan.console.mall.pages import ItemForm
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import ItemTold
from huiguan.rules.mall import PERIODS

CURRENT = "mall"


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """A thing put on the shelf."""
    return _kept(request, now, None)


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def edit(request: HttpRequest, now: Acting, code: str) -> HttpResponse:
    """A thing changed as a whole."""
    return _kept(request, now, queries.item(now.actor, code))


def _kept(request: HttpRequest, now: Acting, item: ItemTold | None) -> HttpResponse:
    if request.method == "GET":
        return _form(request, now, item, _typed_of(item))
    typed = {
        name: request.POST.get(name, "").strip() for name in request.POST if name not in ("key", "csrfmiddlewaretoken")
    }
    typed["tiers"] = ",".join(request.POST.getlist("tiers"))
    code = item.code if item is not None else typed.get("code", "")
    try:
        given = read(inputs.KeepItem, _asked(code, typed, request))
        operations.keep_item(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _form(request, now, item, typed, refused_field(refusal, now, drawing.LABELS), refusal.status)
    say_next(request, Said(Text(zh=f"已上架 · {typed['zh']}", en=f"On the shelf · {typed['en']}")))
    return HttpResponseRedirect(reverse("mall:item", args=[code]))


def _asked(code: str, typed: Mapping[str, str], request: HttpRequest) -> dict[str, Any]:
    """The form as the operation takes it; what was left empty is left out."""
    words = ("sort", "zone", "zh", "en", "about_zh", "about_en", "cash", "worth", "per", "substitute")
    asked: dict[str, Any] = {"code": code, **{name: typed[name] for name in words if typed.get(name)}}
    for name in ("points", "most", "dispatch", "low"):
        if typed.get(name):
            asked[name] = int(typed[name]) if typed[name].isdecimal() and len(typed[name]) < 15 else typed[name]
    for name in ("opens", "closes"):
        if typed.get(name):
            asked[name] = typed[name].replace("T", " ")
    asked["tiers"] = request.POST.getlist("tiers")
    asked |= {name: bool(typed.get(name)) for name in ("mixed", "everyday")}
    if typed.get("sort") == "voucher":
        days = typed.get("voucher_days", "")
        named = {"name": typed.get("voucher_name", ""), "worth": typed.get("voucher_worth", "")}
        asked["voucher"] = named | ({"days": int(days)} if days.isdecimal() else {})
    return asked


def _typed_of(item: ItemTold | None) -> dict[str, Any]:
    """What an item is, as its form has it."""
    if item is None:
        return {"sort": "gift", "per": "ever"}
    local = {
        name: timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
        for name, at in (("opens", item.opens_at), ("closes", item.closes_at))
    }
    voucher = {f"voucher_{name}": value for name, value in item.voucher.items() if value is not None}
    if "voucher_worth" in voucher:
        voucher["voucher_worth"] = as_yuan(voucher["voucher_worth"])
    names = ("code", "sort", "zone", "zh", "en", "about_zh", "about_en", "points", "mixed", "per", "everyday", "low")
    return {
        **{name: getattr(item, name) for name in names}, **local, **voucher,
        "cash": as_yuan(item.cash) if item.cash else "", "worth": as_yuan(item.worth) if item.worth else "",
        "most": item.most or "", "dispatch": item.dispatch or "", "substitute": item.substitute or "",
        "tiers": ",".join(item.tiers),
    }  # fmt: skip


def _form(
    request: HttpRequest,
    now: Acting,
    item: ItemTold | None,
    typed: Mapping[str, Any],
    told: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = str(typed.get("tiers", "")).split(",")
    none = Text(zh="不替代", en="Nothing")
    others = [(each.code, Text(zh=each.zh, en=each.en)) for each in queries.items(now.actor, limit=200)]
    page = ItemForm(
        tabs=drawing.tabs(now, "items"),
        new=item is None,
        typed=typed,
        sorts=drawing.sort_choices(str(typed.get("sort", ""))),
        zones=drawing.zone_choices(now, str(typed.get("zone") or ""), Text(zh="不分专区", en="No zone")),
        periods=[(name, title, name == typed.get("per")) for name, title in PERIODS.items()],
        tiers=[(name, title, name in chosen) for name, title in drawing.tier_titles(now).items()],
        items=[("", none, not typed.get("substitute")), *((c, t, c == typed.get("substitute")) for c, t in others)],
        key=drawing.fresh_key(),
        refused=told,
    )
    return show(request, now, "console/mall/form.html", current=CURRENT, page=page, status=status)
