"""The catalogue: products listed, made, renamed, priced from a moment on, withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import CategoriesInput, PricesInput, ProductsInput, RenameProduct, WithdrawProduct
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.goods.drawing import categories_page, goods_page, href_of, new_page, product_page
from huiguan.console.goods.pages import ProductPage
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "goods"
_LABELS = {
    "sku": Text(zh="货号", en="SKU"),
    "name": Text(zh="名称", en="Name"),
    "category": Text(zh="品类", en="Category"),
    "list_price": Text(zh="吊牌价", en="List price"),
    "cost": Text(zh="成本", en="Cost"),
    "amount": Text(zh="价格", en="Price"),
    "since": Text(zh="自何时起", en="From"),
    "until": Text(zh="到何时止", en="Until"),
}


@require_GET
@acting("catalogue")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """All products, found by SKU, name or initials."""
    return show(request, now, "console/goods/list.html", current=CURRENT, page=goods_page(now, request.GET.dict()))


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """A product with its list price, sold from now on."""
    if request.method == "GET":
        return _show(request, now, new_page(now, {}))
    typed = _typed(request, "sku", "name", "category", "list_price", "cost")
    asked = {name: value for name, value in typed.items() if value or name != "cost"}
    try:
        given = read(ProductsInput, {"products": [asked]})
        checkout.register_products(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _show(request, now, new_page(now, typed, refused_field(refusal, now, _LABELS)), refusal.status)
    say_next(request, Said(Text(zh=f"已登记 · {typed['name']}", en=f"Registered · {typed['name']}")))
    return HttpResponseRedirect(href_of(typed["sku"]))


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def categories(request: HttpRequest, now: Acting) -> HttpResponse:
    """What the categories are called in both languages."""
    if request.method == "GET":
        return show(request, now, "console/goods/categories.html", current=CURRENT, page=categories_page(now))
    names = zip(*(request.POST.getlist(name) for name in ("code", "zh", "en")), strict=False)
    rows = [{"code": code, "zh": zh.strip(), "en": en.strip()} for code, zh, en in names if code]
    try:
        given = read(CategoriesInput, {"categories": rows})
        checkout.name_categories(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = categories_page(now, rows, refused_field(refusal, now, _LABELS))
        answer = show(request, now, "console/goods/categories.html", current=CURRENT, page=page)
        answer.status_code = refusal.status
        return answer
    say_next(request, Said(Text(zh="品类的名称已保存", en="The categories' names are saved")))
    return HttpResponseRedirect("/goods/categories")


@require_http_methods(["GET", "POST"])
@acting("catalogue")
def product(request: HttpRequest, now: Acting) -> HttpResponse:
    """One product; a POST changes its name and category."""
    if request.method == "GET":
        return _show(request, now, product_page(now, request.GET.get("sku", "")))
    typed = _typed(request, "sku", "name", "category")
    try:
        checkout.rename_product(actor=now.actor, at=now.at, given=read(RenameProduct, typed))
    except Refusal as refusal:
        page = product_page(now, typed["sku"], typed=typed, refused=refused_field(refusal, now, _LABELS))
        return _show(request, now, page, refusal.status)
    say_next(request, Said(Text(zh="已保存", en="Saved")))
    return HttpResponseRedirect(href_of(typed["sku"]))


@require_POST
@acting("catalogue")
def price(request: HttpRequest, now: Acting) -> HttpResponse:
    """A dated price, for one shop or all."""
    typed = _typed(request, "sku", "kind", "amount", "shop", "since", "until", "label")
    asked = {
        "sku": typed["sku"], "kind": typed["kind"], "amount": typed["amount"], "shop": typed["shop"] or None,
        "since": typed["since"].replace("T", " "), "until": typed["until"].replace("T", " ") or None,
        "name": typed["label"],
    }  # fmt: skip
    try:
        given = read(PricesInput, {"prices": [asked]})
        checkout.set_prices(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        page = product_page(now, typed["sku"], typed=typed, price_refused=refused_field(refusal, now, _LABELS))
        return _show(request, now, page, refusal.status)
    say_next(request, Said(Text(zh="价格已写下", en="The price is set")))
    return HttpResponseRedirect(href_of(typed["sku"]))


@require_POST
@acting("catalogue")
def withdrawal(request: HttpRequest, now: Acting) -> HttpResponse:
    """Sold no more; or put back, where it was withdrawn."""
    sku, back = request.POST.get("sku", ""), request.POST.get("back") == "1"
    given = read(WithdrawProduct, {"sku": sku})
    (checkout.restore_product if back else checkout.withdraw_product)(actor=now.actor, at=now.at, given=given)
    say_next(request, Said(Text(zh="又在售", en="Sold again") if back else Text(zh="已下架", en="Withdrawn")))
    return HttpResponseRedirect(href_of(sku))


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in names}


def _show(request: HttpRequest, now: Acting, page: ProductPage, status: int = 200) -> HttpResponse:
    return show(request, now, "console/goods/product.html", current=CURRENT, page=page, status=status)
