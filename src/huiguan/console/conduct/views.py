"""Lists of breaches and measures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show
from huiguan.console.conduct.drawing import list_page


@require_GET
@acting("conduct")
def breaches(request: HttpRequest, now: Acting) -> HttpResponse:
    """What was reported, what became of it."""
    page = list_page(now, "breaches", request.GET.get("state", ""))
    return show(request, now, "console/conduct/breaches.html", page=page)


@require_GET
@acting("conduct")
def measures(request: HttpRequest, now: Acting) -> HttpResponse:
    """The register of measures."""
    page = list_page(now, "measures", request.GET.get("state", ""))
    return show(request, now, "console/conduct/measures.html", page=page)
