"""Products as programs read them."""

from __future__ import annotations

from huiguan.api.schemas import Answer, Yuan


class Written(Answer):
    """How many rows were put in place."""

    written: int


class ProductAnswer(Answer):
    """`list_price` and `price` are what one piece costs at the shop and moment asked about; null where it has none, or
    where no shop was named. `promotion` is the name of the promotion that makes the price."""

    sku: str
    name: str
    category: str
    list_price: Yuan | None
    price: Yuan | None
    promotion: str | None


class ProductsPage(Answer):
    items: list[ProductAnswer]
    next: str | None
