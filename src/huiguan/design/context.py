"""What every page knows without asking a room: the light it is read in."""

from __future__ import annotations

from django.http import HttpRequest

THEMES = ("light", "dark", "system")
THEME_COOKIE = "huiguan_theme"


def page(request: HttpRequest) -> dict[str, str]:
    """Context processor: `theme`, one of THEMES."""
    theme = request.COOKIES.get(THEME_COOKIE, "system")
    return {"theme": theme if theme in THEMES else "system"}
