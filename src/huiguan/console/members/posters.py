"""The shop's poster: a code by which whoever stands before it joins on her own phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show, to_the_shop_choice
from huiguan.programme import queries as programmes


@require_GET
@acting("enrol")
def poster(request: HttpRequest, now: Acting) -> HttpResponse:
    """The poster of the shop one stands in, to be printed."""
    if now.shop is None:
        return to_the_shop_choice(request)
    programme = programmes.programme_named(now.actor.programme)
    address = request.build_absolute_uri(f"/m/{programme.code}/join?shop={now.shop.code}")
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    context: dict[str, Any] = {"address": address, "shop": now.shop.name, "title": rulebook.title}
    return show(request, now, "console/members/poster.html", current="members", **context)
