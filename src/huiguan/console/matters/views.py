"""The work list and one matter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from huiguan.cases.values import BOXES, LATER, STATES
from huiguan.console.acting import Acting, acting, show
from huiguan.console.matters.drawing import letter_page, list_page, matter_page

CURRENT = "matters"


@require_GET
@acting()
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """What waits for me, what I did, what was copied to me, what I began; for some, everything."""
    box, state = request.GET.get("box", "todo"), request.GET.get("state", "")
    page = list_page(
        now,
        box if box in (*BOXES, LATER, "all") else "todo",
        request.GET.get("q", "").strip()[:100],
        state if state in STATES else "",
    )
    return show(request, now, "console/matters/list.html", current=CURRENT, page=page)


@require_GET
@acting()
def matter(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One matter: its answers, what was checked, what happened, and the verdict where it is mine."""
    page = matter_page(now, number[:20], paper=request.GET.get("paper", "")[:20])
    return show(request, now, "console/matters/matter.html", current=CURRENT, page=page)


@require_POST
@acting()
def letter(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """What the applicant would receive after what is typed."""
    given = request.POST
    told = letter_page(now, number[:20], given.get("verdict", "pass"), given.get("reason", "").strip()[:2000])
    return render(request, "console/matters/letter.html", {"letter": told})
