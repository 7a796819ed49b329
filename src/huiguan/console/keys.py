"""The name a page gives to what its form will do, so that pressing twice does it once."""

from __future__ import annotations

from django.utils.crypto import get_random_string


def new_key() -> str:
    return f"till-{get_random_string(22)}"
