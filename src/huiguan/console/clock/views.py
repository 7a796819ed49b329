"""The demonstration's clock. Outside a demonstration there is no such page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.console.acting import Acting, acting, frame, refused_field, show
from huiguan.console.clock.drawing import clock_page
from huiguan.console.clock.moving import ask_move
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_TO = Text(zh="拨到", en="Move to")
_ADDRESS = "/clock/"


@never_cache
@require_http_methods(["GET", "POST"])
@acting("clock")
def clock(request: HttpRequest, now: Acting) -> HttpResponse:
    """Where the clock stands and may go; a post moves it, night by night, in the background."""
    _demand_demo()
    if request.method == "GET":
        return show(request, now, "console/clock/clock.html", page=clock_page(now))
    to = request.POST.get("to", "")
    try:
        ask_move(now, to)
    except Refusal as refusal:
        page = clock_page(now, refused_field(refusal, now, {"to": _TO}), to)
        return show(request, now, "console/clock/clock.html", page=page, status=refusal.status)
    return HttpResponseRedirect(_ADDRESS)


@never_cache
@require_GET
@acting("clock")
def state(request: HttpRequest, now: Acting) -> HttpResponse:
    """How far the clock is; once it stands, the whole page is asked for again."""
    _demand_demo()
    page = clock_page(now)
    if page.moving is None:
        return HttpResponse(headers={"HX-Redirect": _ADDRESS})
    return render(request, "console/clock/moving.html", {"page": page, "frame": frame(request, now)})


def _demand_demo() -> None:
    if not settings.HUIGUAN_DEMO:
        raise Http404
