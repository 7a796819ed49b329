"""Allowances of the shop one stands in: granted, looked at, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import AllowanceInput
from huiguan.checkout.values import AllowanceView, SettledUnder
from huiguan.console.acting import Acting, acting, refused_field, show, to_the_shop_choice
from huiguan.console.allowances.pages import AllowanceRow, AllowancesPage, SettledLine
from huiguan.console.keys import new_key
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either

CURRENT = "till"
LONGEST = timedelta(hours=72)
_USUAL = timedelta(hours=12)
_NAMES = {
    "member": Text(zh="会员", en="Member"),
    "till": Text(zh="收银台", en="Till"),
    "points": Text(zh="分数", en="Points"),
    "until": Text(zh="到什么时候", en="Until"),
}
_OPEN = Mark(Text(zh="可用", en="Open"), "ok")
_WAITS = Mark(Text(zh="等结算", en="To be settled"), "warn")
_CLOSED = Mark(Text(zh="已结清", en="Closed"), "draft")


@require_http_methods(["GET", "POST"])
@acting("sell")
def allowances(request: HttpRequest, now: Acting) -> HttpResponse:
    """Those of her shop, and another one granted."""
    if now.shop is None:
        return to_the_shop_choice(request)
    if request.method == "GET":
        return show(request, now, "console/allowances/list.html", current=CURRENT, page=_page(now, {}))
    form = {name: str(value).strip() for name, value in request.POST.items()}
    try:
        asked: dict[str, object] = {name: form.get(name, "") for name in _NAMES}
        points = form.get("points", "").replace(",", "")
        asked["points"] = int(points) if points.isdecimal() and len(points) < 19 else points
        given = read(AllowanceInput, {"shop": now.shop.code, **asked})
        made = checkout.grant_allowance(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    except Refusal as refusal:
        page = _page(now, form, refused_field(refusal, now, _NAMES))
        return show(request, now, "console/allowances/list.html", current=CURRENT, page=page, status=refusal.status)
    say_next(
        request,
        Said(
            Text(
                zh=f"已留出 {made.points:,} 分",
                en=f"{made.points:,} {either(made.points, 'point is', 'points are')} set aside",
            )
        ),
    )
    return HttpResponseRedirect("/till/allowances/")


@require_POST
@acting("sell")
def close(request: HttpRequest, now: Acting, allowance: str) -> HttpResponse:
    """What was not used goes back to the member."""
    made = checkout.close_allowance(actor=now.actor, at=now.at, reference=allowance)
    back = made.points - made.used
    say_next(
        request,
        Said(
            Text(
                zh=f"已结清，归还 {back:,} 分", en=f"Closed; {back:,} {either(back, 'point went', 'points went')} back"
            )
        ),
    )
    return HttpResponseRedirect("/till/allowances/")


def _page(now: Acting, typed: Mapping[str, str], refused: Refused | None = None) -> AllowancesPage:
    assert now.shop is not None
    views = queries.allowances(now.actor, now.shop.code)
    settled = queries.settled_under(now.actor, [view.id for view in views])
    until = timezone.localtime(now.at + _USUAL).strftime("%Y-%m-%d %H:%M")
    usual = {"member": "", "till": "1", "points": "", "until": until}
    return AllowancesPage(
        shop=now.shop.name,
        rows=[_row(now, view, settled[view.id]) for view in sorted(views, key=lambda each: each.closed_at is not None)],
        typed={name: typed.get(name, value) for name, value in usual.items()},
        key=new_key(),
        hours=LONGEST // timedelta(hours=1),
        refused=refused,
    )


def _row(now: Acting, view: AllowanceView, sales: list[SettledUnder]) -> AllowanceRow:
    mark = _CLOSED if view.closed_at else _OPEN if now.at < view.until else _WAITS
    return AllowanceRow(
        id=view.id,
        member=view.member,
        member_href=f"/members/{view.member}/",
        till=view.till,
        points=view.points,
        used=view.used,
        granted_at=view.granted_at,
        until=view.until,
        settle_by=view.settle_by,
        mark=mark,
        closable=view.closed_at is None,
        token="" if view.closed_at else view.token,
        sales=[SettledLine(f"/sales/{each.sale}/", each.sale, each.points, each.at) for each in sales],
    )
