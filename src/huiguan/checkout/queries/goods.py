"""The catalogue as those who keep it see it: every product with its dated prices, sold or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.checkout.catalogue import Priced, prices_for
from huiguan.checkout.models import Price, Product
from huiguan.checkout.refusals import UnknownSku
from huiguan.checkout.stocking import LONG_AGO
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product; `list_price` everybody's at the moment asked, in fen, None where none holds."""

    sku: str
    name: str
    category: str
    sold: bool
    list_price: int | None


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A dated price; `shop` None for every shop, `since` None for all time. `holds`: at the moment asked."""

    kind: str
    amount: int
    shop: Text | None
    since: datetime | None
    until: datetime | None
    name: str
    holds: bool


def has_products(programme: int) -> bool:
    """Whether anything was ever put on the programme's list. For anybody."""
    return Product.objects.filter(programme_id=programme).exists()


def goods(
    actor: Actor,
    at: datetime,
    *,
    text: str = "",
    category: str | None = None,
    sold: bool | None = True,
    after: str = "",
    limit: int = 50,
) -> list[GoodsRow]:
    """Products by SKU, from beyond `after` on: found by SKU, name or pinyin initials. Takes `catalogue`."""
    actor.demand("catalogue")
    rows = Product.objects.filter(programme_id=actor.programme, sku__gt=after)
    if sold is not None:
        rows = rows.filter(active=sold)
    if category is not None:
        rows = rows.filter(category=category)
    if text.strip():
        rows = rows.filter(sku__icontains=text.strip()) | rows.filter(search__contains=text.strip().lower())
    found = list(rows.order_by("sku")[:limit])
    priced = prices_for(actor.programme, [row.sku for row in found])
    return [_row(row, priced.get(row.sku), at) for row in found]


def _row(row: Product, priced: Priced | None, at: datetime) -> GoodsRow:
    held = priced.at("list", 0, at) if priced else None
    return GoodsRow(row.sku, row.name, row.category, row.active, held.amount if held else None)


def categories(actor: Actor) -> list[str]:
    """The categories there are, without the empty one. Takes `catalogue`."""
    actor.demand("catalogue")
    rows = Product.objects.filter(programme_id=actor.programme).exclude(category="")
    return sorted(set(rows.values_list("category", flat=True)))


def product(actor: Actor, sku: str, at: datetime) -> tuple[GoodsRow, list[PriceRow]]:
    """One product and all its dated prices, the newest first of each kind. UnknownSku. Takes `catalogue`."""
    actor.demand("catalogue")
    row = Product.objects.filter(programme_id=actor.programme, sku=sku).first()
    if row is None:
        raise UnknownSku(field="sku", sku=sku)
    prices = list(Price.objects.filter(programme_id=actor.programme, sku=sku).order_by("kind", "-since"))
    shops = identity.shops_by_id(actor.programme, {price.shop_id for price in prices if price.shop_id})
    holding = prices_for(actor.programme, [sku]).get(sku)
    told = [
        PriceRow(
            kind=price.kind,
            amount=price.amount,
            shop=shops[price.shop_id].name if price.shop_id else None,
            since=price.since if price.since > LONG_AGO else None,
            until=price.until,
            name=price.name,
            holds=price.since <= at and (price.until is None or at < price.until),
        )
        for price in prices
    ]
    return _row(row, holding, at), told
