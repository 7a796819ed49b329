"""Prices by shop and moment: which of the dated prices holds. The choice is pure; `prices_for` reads in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from huiguan.checkout.models import Category
from huiguan.foundation.statements import Question, Row, ask
from huiguan.kernel.text import Text
from huiguan.rules.facts import Line
from huiguan.rules.kinds.price import Terms

_PRICES = """
SELECT p.sku, p.name, p.category, c.kind, c.shop_id, c.amount, c.since, c.until, c.name
FROM checkout_product p LEFT JOIN checkout_price c ON c.programme_id = p.programme_id AND c.sku = p.sku
WHERE p.programme_id = %s AND p.sku = ANY(%s::text[]) AND p.active
"""


@dataclass(frozen=True, slots=True)
class DatedPrice:
    kind: str
    shop_id: int | None
    amount: int
    since: datetime
    until: datetime | None
    name: str


@dataclass(frozen=True, slots=True)
class Priced:
    """A product with all its dated prices; amounts in fen for one piece."""

    sku: str
    name: str
    category: str
    prices: tuple[DatedPrice, ...]
    _by_kind: dict[str, list[DatedPrice]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for price in self.prices:
            self._by_kind.setdefault(price.kind, []).append(price)

    def at(self, kind: str, shop_id: int, at: datetime) -> DatedPrice | None:
        """The price of a kind that holds: the shop's own before everybody's, then the one that began last."""
        held = [
            price
            for price in self._by_kind.get(kind, ())
            if price.shop_id in (None, shop_id) and price.since <= at and (price.until is None or at < price.until)
        ]
        if len(held) < 2:
            return held[0] if held else None
        return max(held, key=lambda price: (price.shop_id is not None, price.since))

    def coming(self, kind: str, shop_id: int, at: datetime) -> DatedPrice | None:
        """The first price of a kind still to begin after `at`."""
        ahead = [
            each for each in self.prices if each.kind == kind and each.shop_id in (None, shop_id) and each.since > at
        ]
        return min(ahead, key=lambda price: (price.since, price.shop_id is None), default=None)


def prices_for(programme: int, skus: Iterable[str]) -> dict[str, Priced]:
    """All dated prices of the products asked for, in one statement."""
    return ask(prices_question(programme, skus))


def prices_question(programme: int, skus: Iterable[str]) -> Question[dict[str, Priced]]:
    """`prices_for`, to be asked together with others."""
    return Question(_PRICES, [programme, list(set(skus))], _priced)


def _priced(rows: list[Row]) -> dict[str, Priced]:
    found: dict[str, tuple[str, str, list[DatedPrice]]] = {}
    for sku, name, category, kind, *price in rows:
        prices = found.setdefault(sku, (name, category, []))[2]
        if kind is not None:
            prices.append(DatedPrice(kind, *price))
    return {sku: Priced(sku, name, category, tuple(prices)) for sku, (name, category, prices) in found.items()}


def member_line(rule: Terms, line: Line, product: Priced, shop: int, at: datetime, *, mine: bool) -> Line:
    """`line`, priced as for anybody, with the member price its goods have; asked where the buyer is entitled to it."""
    exclusive = product.at("exclusive", shop, at) if "exclusive" in rule.holds else None
    held = exclusive or (product.at("member", shop, at) if "member" in rule.holds else None)
    if held is None:
        return line
    amount = held.amount * line.quantity
    lower = mine and amount < line.price
    return replace(
        line,
        price=amount if lower else line.price,
        promotion=line.promotion and not lower,
        member_price=amount,
        for_member=mine,
        ordinary_price=line.price,
        members_only=exclusive is not None,
    )


def category_names(programme: int) -> dict[str, Text]:
    """What the categories that were given a name are called, by code; the code stands in where a language has none. For
    anybody."""
    rows = Category.objects.filter(programme_id=programme).values_list("code", "zh", "en")
    return {code: Text(zh=zh or code, en=en or code) for code, zh, en in rows if zh or en}
