"""The card: its code, three figures, what ends, the way up, what was bought last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from huiguan.design import markup
from huiguan.portal.acting import Visiting, member_only, show
from huiguan.portal.card.drawing import card_page
from huiguan.portal.knowing import known_member
from huiguan.visits import queries as visits


@require_GET
@member_only
def card(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The front page of a member."""
    return show(request, now, "portal/card/card.html", current="card", page=card_page(known_member(now)))


@require_GET
@member_only
def code(request: HttpRequest, now: Visiting) -> HttpResponse:
    """A fresh code, for the page that stands open: its picture, its text, for how many milliseconds it is good."""
    made = visits.fresh_code(now.actor, now.at, now.wall)
    left = round((made.until - now.wall).total_seconds() * 1000)
    return JsonResponse({"svg": markup.qr(made.text), "text": made.text, "lasts": left})


@require_GET
@member_only
def large(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The code alone, as large as the phone: also without script, drawn anew by reloading."""
    return show(request, now, "portal/card/large.html", code=visits.fresh_code(now.actor, now.at, now.wall))
