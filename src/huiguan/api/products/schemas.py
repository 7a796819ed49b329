"""Products as programs read them."""

from __future__ import annotations

from huiguan.api.schemas import Answer, Both, Yuan


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


class CategoryAnswer(Answer):
    """A category by its code, with what it is called; the code where a language has no name of its own."""

    code: str
    name: Both


class CategoriesPage(Answer):
    items: list[CategoryAnswer]
    next: str | None


class ProductsPage(Answer):
    items: list[ProductAnswer]
    next: str | None
