"""The two choices a reader has about any page: its language and its light. Kept in cookies, so the door has them too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from huiguan.design.context import THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600
LANGUAGES = ("zh-hans", "en")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """`language` (zh-hans, en) or `theme` (light, dark, system) is kept; the reader goes back to `next`."""
    response = HttpResponseRedirect(_back(request))
    if request.POST.get("language") in LANGUAGES:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, request.POST["language"], request.is_secure())
    if request.POST.get("theme") in THEMES:
        _keep(response, THEME_COOKIE, request.POST["theme"], request.is_secure())
    return response


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "/")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"


def _keep(response: HttpResponse, name: str, value: str, secure: bool) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure)
