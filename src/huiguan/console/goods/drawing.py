"""The catalogue as its pages draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from huiguan.checkout import queries
from huiguan.console.acting import Acting
from huiguan.console.goods.pages import CategoriesPage, CategoryLine, GoodsLine, GoodsPage, PriceLine, ProductPage
from huiguan.console.keys import new_key
from huiguan.design.values import Cursor, Mark, Refused
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text

PAGE = 50
KINDS = {
    "list": Text(zh="吊牌价", en="List price"),
    "promotion": Text(zh="促销价", en="Promotion"),
    "member": Text(zh="会员价", en="Member price"),
    "exclusive": Text(zh="会员专享", en="Members only"),
    "cost": Text(zh="成本", en="Cost"),
}
EVERY_SHOP = Text(zh="全部门店", en="Every shop")
_STATES = {
    "": (Text(zh="在售", en="Sold"), True),
    "withdrawn": (Text(zh="已下架", en="Withdrawn"), False),
    "all": (Text(zh="全部", en="All"), None),
}
_WITHDRAWN = Mark(Text(zh="已下架", en="Withdrawn"), "stop")
_HOLDS = Mark(Text(zh="现行", en="Now"), "ok")
_LATER = Mark(Text(zh="未到", en="Later"), "draft")


def href_of(sku: str) -> str:
    return f"/goods/product?{urlencode({'sku': sku})}"


def goods_page(now: Acting, given: Mapping[str, str]) -> GoodsPage:
    """The catalogue as filtered by q, category and state. Takes `catalogue`."""
    asked = {name: given.get(name, "").strip() for name in ("q", "category", "state")}
    state = asked["state"] if asked["state"] in _STATES else ""
    found = queries.goods(
        now.actor,
        now.at,
        text=asked["q"],
        category=asked["category"] or None,
        sold=_STATES[state][1],
        after=given.get("after", ""),
        limit=PAGE + 1,
    )
    rows = found[:PAGE]
    names = queries.category_names(now.actor.programme)
    onward = {**{name: value for name, value in asked.items() if value}, "after": rows[-1].sku if rows else ""}
    return GoodsPage(
        rows=[
            GoodsLine(
                row.sku,
                row.name,
                names.get(row.category, row.category),
                href_of(row.sku),
                row.list_price,
                None if row.sold else _WITHDRAWN,
            )
            for row in rows
        ],
        asked=asked,
        categories=[(name, names.get(name, name), name == asked["category"]) for name in queries.categories(now.actor)],
        states=[(name, title, name == state) for name, (title, _) in _STATES.items()],
        filtered=any(asked.values()),
        cursor=Cursor(len(rows), after=f"/goods/?{urlencode(onward)}") if len(found) > PAGE else None,
    )


def categories_page(
    now: Acting, typed: Sequence[Mapping[str, str]] = (), refused: Refused | None = None
) -> CategoriesPage:
    """Every category there is, with what it is called so far. Takes `catalogue`."""
    names = queries.category_names(now.actor.programme)
    asked = {each["code"]: each for each in typed}
    rows = []
    for code in sorted({*queries.categories(now.actor), *names}):
        known = names.get(code)
        zh, en = (known.zh, known.en) if known else ("", "")
        told = asked.get(code, {"zh": "" if zh == code else zh, "en": "" if en == code else en})
        rows.append(CategoryLine(code, told["zh"], told["en"]))
    return CategoriesPage(rows, new_key(), refused)


def new_page(now: Acting, typed: dict[str, str], refused: Refused | None = None) -> ProductPage:
    return ProductPage(
        new=True,
        sku=typed.get("sku", ""),
        name=typed.get("name", ""),
        category=typed.get("category", ""),
        categories=queries.categories(now.actor),
        key=new_key(),
        typed=typed,
        refused=refused,
    )


def product_page(
    now: Acting,
    sku: str,
    *,
    typed: dict[str, str] | None = None,
    refused: Refused | None = None,
    price_refused: Refused | None = None,
) -> ProductPage:
    """One product with all its dated prices. UnknownSku."""
    row, prices = queries.product(now.actor, sku, now.at)
    typed = typed or {}
    return ProductPage(
        new=False,
        sku=row.sku,
        name=typed.get("name", row.name),
        category=typed.get("category", row.category),
        categories=queries.categories(now.actor),
        key=new_key(),
        sold=row.sold,
        prices=[_line(each, now.at) for each in prices],
        kinds=[(name, title, name == typed.get("kind", "list")) for name, title in KINDS.items()],
        shops=[("", EVERY_SHOP, not typed.get("shop"))]
        + [(shop.code, shop.name, shop.code == typed.get("shop")) for shop in identity.shops(now.actor)],
        typed=typed,
        refused=refused,
        price_refused=price_refused,
    )


def _line(price: queries.PriceRow, at: datetime) -> PriceLine:
    mark = _HOLDS if price.holds else _LATER if price.since and price.since > at else None
    return PriceLine(
        KINDS[price.kind], price.amount, price.shop or EVERY_SHOP, price.since, price.until, price.name, mark
    )
