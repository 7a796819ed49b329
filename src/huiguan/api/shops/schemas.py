"""Shops as programs read them."""

from __future__ import annotations

from huiguan.api.schemas import Answer, Both


class ShopAnswer(Answer):
    """A shop by the code it goes by everywhere."""

    code: str
    name: Both


class ShopsPage(Answer):
    items: list[ShopAnswer]
    next: str | None
