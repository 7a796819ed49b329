"""The rules as members read them, and what each version changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.portal.acting import Visiting, show, visiting
from huiguan.portal.rules.reading import changes_page, rules_page


@require_GET
@visiting()
def text(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The version in force, by chapters."""
    return show(request, now, "portal/rules/text.html", current="rules", page=rules_page(now))


@require_GET
@visiting()
def changes(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What each version changed in the one before, the newest first."""
    return show(request, now, "portal/rules/changes.html", current="rules", page=changes_page(now))
