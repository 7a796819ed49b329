"""A catalogue brought in from a list: new products long since at their price, known ones at another price from now on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from huiguan.checkout.catalogue import Priced, category_names, prices_for
from huiguan.checkout.inputs import CategoriesInput, CategoryInput, ProductInput, ProductsInput
from huiguan.checkout.keeping import name_categories
from huiguan.checkout.stocking import register_products
from huiguan.foundation.sheets import (
    Cell,
    Columns,
    Entered,
    Field,
    Imported,
    Progress,
    Rejected,
    Row,
    bring_in,
    demand_required,
    fen_in,
    preview,
    reason_told,
    text_in,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

EVERYWHERE = 0  # no shop has this key: what holds there is everybody's price
_TWICE = Text(zh="这个货号在第 {row} 行已有，内容不同", en="row {row} has this SKU already, with other contents")
_EVERY_SHOP = Text(
    zh="商品与标价是各店共用的，导入时不指门店", en="products and their prices are every shop's; name no shop"
)
_REQUIRED = Text(zh="必填", en="is required")

PRODUCT_FIELDS = (
    Field("sku", Text(zh="货号", en="SKU"), ("货号", "款号", "商品编码", "商品编号", "商品代码", "货品编号", "条码", "条形码", "sku", "item", "item no", "style", "product code", "barcode"), required=True),
    Field("name", Text(zh="品名", en="Name"), ("品名", "名称", "商品名称", "货品名称", "商品", "name", "product", "product name", "description"), required=True),
    Field("category", Text(zh="类别", en="Category"), ("类别", "品类", "分类", "大类", "商品类别", "商品分类", "category", "class", "type")),
    Field("category_zh", Text(zh="类别中文名", en="Category in Chinese"), ("类别中文名", "品类中文名", "类别名称", "品类名称", "category name", "category in chinese")),
    Field("category_en", Text(zh="类别英文名", en="Category in English"), ("类别英文名", "品类英文名", "类别英文", "品类英文", "category in english", "english category")),
    Field("list_price", Text(zh="标价", en="List price"), ("标价", "吊牌价", "零售价", "售价", "单价", "价格", "原价", "标准价", "list price", "price", "tag price", "rrp"), required=True),
    Field("cost", Text(zh="成本", en="Cost"), ("成本", "成本价", "进价", "进货价", "采购价", "cost", "cost price", "purchase price")),
)  # fmt: skip
_TITLES = {each.name: each.title for each in PRODUCT_FIELDS}


@dataclass(slots=True)
class _Run:
    actor: Actor
    at: datetime
    columns: Columns
    dry_run: bool
    seen: dict[str, tuple[int, ProductInput]] = field(default_factory=dict)
    named: dict[str, Text] = field(default_factory=dict)  # what categories are called so far


def import_products(
    *,
    actor: Actor,
    at: datetime,
    path: Path,
    rejects: Path,
    columns: Columns | None = None,
    shop: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    lang: str = "zh",
) -> Imported:
    """Put the products of a file (.xlsx, .xls, .csv) on the catalogue: SKU, name, category, list price, cost.

    A new product has its price for as long as sales may reach back; one that is there and differs is brought up to date,
    a new price or cost from `at` on: what was sold before stays as it was priced. One that is there alike is `again`.
    Rejected rows are written to `rejects` with the reason; `dry_run` keeps nothing but those. `shop` is None: the
    catalogue is every shop's. `progress` is told (rows read, 0).

    Refuses SheetUnreadable, SheetEmpty, SheetTooLarge, HeadingsUnknown, InvalidInput (shop), Forbidden.
    """
    actor.demand("import")
    actor.demand("catalogue")
    if shop is not None:
        raise InvalidInput(field="shop", rule=_EVERY_SHOP)
    columns = columns or preview(path, PRODUCT_FIELDS).columns
    demand_required(PRODUCT_FIELDS, columns)
    run = _Run(actor, at, columns, dry_run, named=category_names(actor.programme))
    return bring_in(path, columns, partial(_enter, run), rejects=rejects, lang=lang, progress=progress)


def _enter(run: _Run, chunk: Sequence[Row]) -> Entered:
    products: list[ProductInput] = []
    rejected: list[Rejected] = []
    for row in chunk:
        cells = run.columns.of(row)
        try:
            product, called = product_in(cells), category_in(cells)
        except Refusal as refusal:
            rejected.append((row, reason_told(refusal, _TITLES)))
            continue
        number, before = run.seen.setdefault(product.sku, (row.number, product))
        if before != product:
            rejected.append((row, Text(**_TWICE.both(row=number))))
        elif number == row.number:
            products.append(product)
            _name(run, called)
    taken = _register(run, products)
    return Entered(taken, len(chunk) - taken - len(rejected), rejected)


def _name(run: _Run, called: CategoryInput | None) -> None:
    """What a category is called, where the list says so and it is called otherwise yet; an empty cell takes no name."""
    if called is None:
        return
    known = run.named.get(called.code)
    told = Text(
        zh=called.zh or (known.zh if known else called.code), en=called.en or (known.en if known else called.code)
    )
    if told != known and not run.dry_run:
        given = CategoriesInput(categories=[CategoryInput(code=called.code, zh=told.zh, en=told.en)])
        name_categories(actor=run.actor, at=run.at, given=given)
    run.named[called.code] = told


def category_in(cells: dict[str, Cell]) -> CategoryInput | None:
    """What a row says its category is called; None where it says nothing of it."""
    given = {name: text_in(cells.get(f"category_{name}"), f"category_{name}", most=80) for name in ("zh", "en")}
    code = text_in(cells.get("category"), "category", most=80)
    return CategoryInput(code=code, **given) if code and any(given.values()) else None


def _register(run: _Run, products: Sequence[ProductInput]) -> int:
    """How many of them were new, or other than they stood."""
    known = prices_for(run.actor.programme, [each.sku for each in products])
    if "category" not in run.columns.places:  # a list that says nothing of it takes none away
        products = [each.model_copy(update={"category": _category(known.get(each.sku))}) for each in products]
    new = [each for each in products if each.sku not in known]
    other = [each for each in products if each.sku in known and not _alike(each, known[each.sku], run.at)]
    for rows, since in ((new, None), (other, run.at.isoformat())):
        if rows and not run.dry_run:
            register_products(actor=run.actor, at=run.at, given=ProductsInput(products=rows, since=since))
    return len(new) + len(other)


def _category(known: Priced | None) -> str:
    return known.category if known else ""


def _alike(product: ProductInput, known: Priced, at: datetime) -> bool:
    def now(kind: str) -> int | None:
        held = known.at(kind, EVERYWHERE, at)
        return held.amount if held else None

    cost_alike = product.cost is None or product.cost == now("cost")
    same_words = (product.name, product.category) == (known.name, known.category)
    return same_words and product.list_price == now("list") and cost_alike


def product_in(cells: dict[str, Cell]) -> ProductInput:
    """A row's cells by field as a product; InvalidInput naming the column otherwise."""
    given: dict[str, str] = {name: text_in(cells.get(name), name) for name in ("sku", "name", "category")}
    for name in ("list_price", "cost"):
        amount = fen_in(cells.get(name), name, least=0)
        if amount is not None:
            given[name] = as_yuan(amount)
    for each in PRODUCT_FIELDS:
        if each.required and not given.get(each.name):
            raise InvalidInput(field=each.name, rule=_REQUIRED)
    return read(ProductInput, given)
