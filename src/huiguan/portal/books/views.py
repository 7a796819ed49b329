"""The ledgers behind the figures: one domain call each, and what it says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiguan.checkout import queries as checkout
from huiguan.portal.acting import Visiting, member_only, show
from huiguan.portal.books.coupons import coupons_page
from huiguan.portal.books.packages import packages_of
from huiguan.portal.books.sales import sale_page, sales_page
from huiguan.portal.books.units import unit_page
from huiguan.portal.books.wallets import wallet_page
from huiguan.portal.knowing import known_member


@require_GET
@member_only
def unit(request: HttpRequest, now: Visiting, unit: str) -> HttpResponse:
    """The ledger of a unit, newest first; `after` pages on."""
    page = unit_page(known_member(now), unit, request.GET.get("after", ""))
    return show(request, now, "portal/books/unit.html", current="card", page=page)


@require_GET
@member_only
def wallet(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Stored value and its movements; `after` pages on."""
    page = wallet_page(known_member(now), request.GET.get("after", ""))
    return show(request, now, "portal/books/wallet.html", current="card", page=page)


@require_GET
@member_only
def packages(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Passes and packages, with what is left of each."""
    held = packages_of(known_member(now))
    return show(request, now, "portal/books/packages.html", current="card", packages=held)


@require_GET
@member_only
def coupons(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Coupons: usable, not yet, used or run out."""
    return show(request, now, "portal/books/coupons.html", current="coupons", page=coupons_page(known_member(now)))


@require_GET
@member_only
def sales(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Purchases, newest first."""
    page = sales_page(known_member(now), request.GET.get("after", ""))
    return show(request, now, "portal/books/sales.html", current="sales", page=page)


@require_GET
@member_only
def sale(request: HttpRequest, now: Visiting, reference: str) -> HttpResponse:
    """One purchase with its reasons."""
    return show(request, now, "portal/books/sale.html", current="sales", page=sale_page(known_member(now), reference))


@require_GET
@member_only
def receipt(request: HttpRequest, now: Visiting, reference: str) -> HttpResponse:
    """The slip as the till printed it."""
    page = f"{now.base}sales/{reference}/"
    bar = {"back": page, "wide": f"{page}receipt", "narrow": f"{page}receipt?width=58"}
    narrow = request.GET.get("width") == "58"
    context = {"receipt": checkout.receipt(now.actor, reference), "narrow": narrow, "bar": bar}
    return render(request, "design/receipt.html", context)
