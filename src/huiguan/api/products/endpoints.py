"""/products."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, moment_asked, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.products.schemas import CategoriesPage, ProductsPage, Written
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CategoriesInput, ProductsInput, RenameProduct, WithdrawProduct
from huiguan.checkout.values import ProductView
from huiguan.identity import queries as identity
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

router = Router(tags=["catalogue"])


@router.put(
    "/products",
    **described(
        name="register_products", takes=ProductsInput, gives=Written, write=True,
        does=Text(zh="登记商品与吊牌价", en="Put products and their list prices on the catalogue"),
    ),
)  # fmt: skip
def register(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.register_products, given(request, ProductsInput), status=200)


@router.get(
    "/products",
    **described(
        name="products", gives=ProductsPage,
        does=Text(zh="商品；给出门店与 search 则带当时当店的价", en="Products; with shop and search, what they cost there and then"),
    ),
)  # fmt: skip
def listed(
    request: HttpRequest,
    search: str = "",
    shop: str | None = None,
    at: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    if shop:
        place = identity.shop(actor.programme, shop)
        found = queries.products(actor, search, place, moment_asked(at), size)
        return answer({"items": [_priced(view) for view in found], "next": None})
    rows = queries.catalogue(actor, after=place_of(cursor, str) or "", limit=size + 1)
    return page(rows, size, lambda last: last.sku, _named)


@router.get(
    "/product-categories",
    **described(
        name="categories",
        gives=CategoriesPage,
        does=Text(zh="商品的品类与名称", en="Categories and what they are called"),
    ),
)
def categories(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    names = queries.category_names(actor.programme)
    codes = sorted({*queries.categories(actor), *names})
    items = [{"code": code, "name": names.get(code, Text(zh=code, en=code)).both()} for code in codes]
    return answer({"items": items, "next": None})


@router.put(
    "/product-categories",
    **described(
        name="name_categories", takes=CategoriesInput, gives=Written, write=True,
        does=Text(zh="给品类取名", en="Say what categories are called"),
    ),
)  # fmt: skip
def name_categories(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.name_categories, given(request, CategoriesInput), status=200)


@router.put(
    "/products/naming",
    **described(
        name="rename_product", takes=RenameProduct, gives=Written, write=True,
        does=Text(zh="改商品的名称与品类", en="Rename a product"),
    ),
)  # fmt: skip
def rename(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.rename_product, given(request, RenameProduct), status=200)


@router.post(
    "/products/withdrawals",
    **described(
        name="withdraw_product", takes=WithdrawProduct, gives=Written, status=201, write=True,
        does=Text(zh="商品下架", en="Sell a product no more"),
    ),
)  # fmt: skip
def withdraw(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.withdraw_product, given(request, WithdrawProduct))


@router.post(
    "/products/restorations",
    **described(
        name="restore_product", takes=WithdrawProduct, gives=Written, status=201, write=True,
        does=Text(zh="商品重新上架", en="Sell a product again"),
    ),
)  # fmt: skip
def restore(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.restore_product, given(request, WithdrawProduct))


def _priced(view: ProductView) -> dict[str, Any]:
    return {
        "sku": view.sku,
        "name": view.name,
        "category": view.category,
        "list_price": None if view.list_price is None else as_yuan(view.list_price),
        "price": None if view.price is None else as_yuan(view.price),
        "promotion": view.promotion or None,
    }


def _named(row: Any) -> dict[str, Any]:
    bare: dict[str, Any] = {"list_price": None, "price": None, "promotion": None}
    return {"sku": row.sku, "name": row.name, "category": row.category, **bare}
