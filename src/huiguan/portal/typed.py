"""What a form sent, as it was typed: nothing is judged here, what is not a number is left for the input to refuse."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def whole(text: str) -> Any:
    """A whole number as it was typed; anything else is left for the input to refuse."""
    word = text.strip().replace(",", "")
    return int(word) if word.isdecimal() and len(word) < 16 else text


def key_of(request: HttpRequest) -> str | None:
    """The key of a form, by which it is done once however often it is pressed."""
    return request.POST.get("key") or None
