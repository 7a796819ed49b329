"""A draw's page for anybody, signed in or not, and the record by which she draws it again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiguan.console.acting import brand_of
from huiguan.design.values import Brand, Mark
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rewards import queries
from huiguan.rewards.values import DrawTold

_STATES: dict[str, tuple[Text, str]] = {
    "coming": (Text(zh="未开始", en="Coming"), "draft"),
    "open": (Text(zh="进行中", en="Open"), "ok"),
    "closing": (Text(zh="正在结算", en="Being settled"), "warn"),
    "sold_out": (Text(zh="已抢光", en="Sold out"), "stop"),
    "over": (Text(zh="已结束", en="Over"), "plain"),
    "sold": (Text(zh="已成交", en="Sold"), "plain"),
    "unsold": (Text(zh="流拍", en="Not sold"), "plain"),
    "drawn": (Text(zh="已开奖", en="Drawn"), "plain"),
    "withdrawn": (Text(zh="已撤回", en="Taken back"), "stop"),
}


def mark_of(state: str) -> Mark:
    return Mark(*_STATES[state])


def addresses(programme: int, told: DrawTold) -> tuple[str, str]:
    """The page anybody may open, and the record once it is drawn."""
    code = next(each.code for each in programmes.programmes() if each.id == programme)
    record = reverse("public-record", args=[code, told.code]) if told.state == "drawn" else ""
    return reverse("public-draw", args=[code, told.code]), record


@require_GET
def public(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """A draw as anybody may see it, signed in or not."""
    key = _programme(programme)
    try:
        told = queries.public_draw(key, code, clock.now())
    except Refusal:
        raise Http404 from None
    _, record = addresses(key, told)
    context = {"draw": told, "mark": mark_of(told.state), "record": record, "brand": _brand(key)}
    return render(request, "console/mall/public.html", context)


@require_GET
def record(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """The record by which anybody draws it again."""
    try:
        told = queries.draw_record(_programme(programme), code)
    except Refusal:
        raise Http404 from None
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="draw-{told["draw"]}.json"'
    return answer


def _programme(code: str) -> int:
    found = next((each.id for each in programmes.programmes() if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _brand(programme: int) -> Brand:
    return brand_of(identity.tree(system(programme)))
