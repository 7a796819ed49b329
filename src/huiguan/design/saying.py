"""The word after the deed: said in the strip at the bottom left, with the way back."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from huiguan.design.markup import plain
from huiguan.design.values import Said


def say_on(response: HttpResponse, said: Said) -> HttpResponse:
    """Have the page that asked say it: an HTMX answer carries it as the event `said`. Returns the response."""
    word = {"text": plain(said.text), "back": plain(said.back), "href": said.back_href}
    response["HX-Trigger"] = json.dumps({"said": word}, ensure_ascii=True)
    return response


def say_next(request: HttpRequest, said: Said) -> None:
    """Have the next full page say it, with its way back."""
    messages.info(
        request, plain(said.text), extra_tags=f"{said.back_href} {plain(said.back)}" if said.back_href else ""
    )


def way_back(tags: str) -> tuple[str, str]:
    """Address and words of the way back that `say_next` gave a message along; ("", "") where it gave none."""
    href, _, words = (tags or "").partition(" ")
    return (href, words) if href.startswith("/") else ("", "")
