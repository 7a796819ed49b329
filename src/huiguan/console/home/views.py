"""The front page, and the search that stands over every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show
from huiguan.console.home.finding import found_for
from huiguan.console.home.today import home_page
from huiguan.console.till import holding

LONGEST = 80


@require_GET
@acting()
def home(request: HttpRequest, now: Acting) -> HttpResponse:
    """Today at the shop she stands in: what to do, what was sold, what waits."""
    return show(request, now, "console/home/home.html", page=home_page(now, holding.count(request)))


@require_GET
@acting()
def search(request: HttpRequest, now: Acting) -> HttpResponse:
    """Members, sales, products and clauses by a word; beneath the field, or as a page."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    groups = found_for(now, query) if query else []
    if request.headers.get("HX-Request"):
        return render(request, "design/parts/found.html", {"groups": groups, "query": query})
    return show(request, now, "console/home/found.html", groups=groups, query=query)
