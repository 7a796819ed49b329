"""Products and their dated prices, written many at a time; writing the same again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from huiguan.checkout import refusals
from huiguan.checkout.inputs import PricesInput, ProductsInput
from huiguan.checkout.models import Product
from huiguan.checkout.values import Registered
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import moment_of, zone
from huiguan.kernel.pinyin import initials
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_PRODUCT = """
INSERT INTO checkout_product (programme_id, sku, name, category, search, active)
SELECT %s, s, n, c, q, true FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS r(s, n, c, q)
ON CONFLICT (programme_id, sku) DO UPDATE SET name = excluded.name, category = excluded.category,
    search = excluded.search, active = true
"""
_PRICE = """
INSERT INTO checkout_price (programme_id, sku, kind, shop_id, amount, since, until, name)
SELECT %s, s, k, sh, a, f, u, n
FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[])
     AS r(s, k, sh, a, f, u, n)
ON CONFLICT (programme_id, sku, kind, shop_id, since)
DO UPDATE SET amount = excluded.amount, until = excluded.until, name = excluded.name
"""


def register_products(*, actor: Actor, at: datetime, given: ProductsInput, key: str | None = None) -> Registered:
    """Put products on the catalogue with list price and cost from `since` on; known SKUs are brought up to date."""
    actor.demand("catalogue")
    _refuse_twice([(product.sku,) for product in given.products], "products", "sku")

    def do() -> Registered:
        since = moment_of(given.since, "since", _zone(actor, at)) if given.since else LONG_AGO
        rows = given.products
        with connection.cursor() as cursor:
            cursor.execute(
                _PRODUCT,
                [
                    actor.programme,
                    [row.sku for row in rows],
                    [row.name for row in rows],
                    [row.category for row in rows],
                    [search_key(row.name) for row in rows],
                ],
            )
        prices: list[_Row] = [(row.sku, "list", None, row.list_price, since, None, "") for row in rows]
        prices += [(row.sku, "cost", None, row.cost, since, None, "") for row in rows if row.cost is not None]
        _write(actor, prices)
        return Registered(len(rows))

    return perform(
        "register_products",
        actor=actor,
        at=at,
        subject="catalogue",
        given=_in_short(given),
        key=key,
        returns=Registered,
        do=do,
    )


_Row = tuple[str, str, int | None, int, datetime, datetime | None, str]


def set_prices(*, actor: Actor, at: datetime, given: PricesInput, key: str | None = None) -> Registered:
    """Dated prices of known products, for one shop or all. `until` must be later than `since`. Takes `catalogue`, at the
    shop where one is named."""
    actor.demand("catalogue")

    def do() -> Registered:
        tz = _zone(actor, at)
        skus = {row.sku for row in given.prices}
        known = set(Product.objects.filter(programme_id=actor.programme, sku__in=skus).values_list("sku", flat=True))
        shops = identity.shops_by_code(actor.programme, {row.shop for row in given.prices if row.shop})
        rows: list[_Row] = []
        for i, row in enumerate(given.prices):
            if row.sku not in known:
                raise refusals.UnknownSku(field=f"prices.{i}.sku", sku=row.sku)
            if row.shop is not None and row.shop not in shops:
                raise NotFound(field=f"prices.{i}.shop", what=Text(zh="门店", en="shop"), given=row.shop)
            if row.shop is not None:
                actor.demand("catalogue", shops[row.shop].id)
            since = moment_of(row.since, f"prices.{i}.since", tz)
            until = moment_of(row.until, f"prices.{i}.until", tz) if row.until else None
            if until is not None and until <= since:
                rule = Text(zh="须晚于开始时刻", en="must be later than the start")
                raise InvalidInput(field=f"prices.{i}.until", rule=rule)
            shop_id = shops[row.shop].id if row.shop else None
            rows.append((row.sku, row.kind, shop_id, row.amount, since, until, row.name))
        _refuse_twice([(sku, kind, shop, since) for sku, kind, shop, _, since, *_ in rows], "prices", "since")
        _write(actor, rows)
        return Registered(len(rows))

    return perform(
        "set_prices", actor=actor, at=at, subject="catalogue", given=given, key=key, returns=Registered, do=do
    )


def _write(actor: Actor, rows: list[_Row]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_PRICE, [actor.programme, *(list(column) for column in zip(*rows, strict=True))])


def _zone(actor: Actor, at: datetime) -> ZoneInfo:
    try:
        return programmes.programme_at(actor.programme, at).zone
    except NoRulebookInForce:  # a catalogue may be filled before the first rulebook is published
        return zone("Asia/Shanghai")


def _in_short(given: ProductsInput) -> dict[str, object]:
    """What the audit keeps of a long list; the digest tells whether a key comes back with the same one."""
    digest = hashlib.sha256(given.model_dump_json().encode()).hexdigest()
    return {"products": len(given.products), "skus": [row.sku for row in given.products][:50], "digest": digest}


def _refuse_twice(keys: Sequence[tuple[object, ...]], items: str, field: str) -> None:
    """A list that says the same thing twice would leave it to chance which one holds."""
    seen: set[tuple[object, ...]] = set()
    for i, key in enumerate(keys):
        if key in seen:
            rule = Text(zh=f"货号 {key[0]} 出现两次", en=f"SKU {key[0]} appears twice")
            raise InvalidInput(field=f"{items}.{i}.{field}", rule=rule)
        seen.add(key)


def search_key(name: str) -> str:
    """What a product is found by: its name and the initials of its pinyin, lower case."""
    return f"{name} {''.join(initials(name))}".lower()[:200]
