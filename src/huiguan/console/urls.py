"""Addresses of the console: one line for every noun."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from huiguan.console.mall.urls import public_draws
from huiguan.console.members import certifying

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiguan.console.home.urls")),
    path("", include("huiguan.console.door.urls")),
    path("setup/", include("huiguan.console.founding.urls")),
    path("till/shift/", include("huiguan.console.shifts.urls")),
    path("till/allowances/", include("huiguan.console.allowances.urls")),
    path("till/", include("huiguan.console.till.urls")),
    path("invoices/", include("huiguan.console.invoices.urls")),
    path("shops/day/", include("huiguan.console.days.urls")),
    path("members/", include("huiguan.console.members.urls")),
    path("papers/", include("huiguan.console.documents.urls")),
    path("messages/", include("huiguan.console.messages.urls")),
    path("matters/", include("huiguan.console.matters.urls")),
    path("verify/<slug:code>", certifying.verify, name="verify"),
    path("conduct/", include("huiguan.console.conduct.urls")),
    path("notice/", include("huiguan.console.matters.public_urls")),
    path("sales/", include("huiguan.console.sales.urls")),
    path("import/", include("huiguan.console.importing.urls")),
    path("dues/", include("huiguan.console.dues.urls")),
    path("payments/", include("huiguan.console.payments.urls")),
    path("bodies/", include("huiguan.console.bodies.urls")),
    path("calendar/", include("huiguan.console.calendar.urls")),
    path("places/", include("huiguan.console.places.urls")),
    path("coupons/", include("huiguan.console.coupons.urls")),
    path("mall/", include("huiguan.console.mall.urls")),
    path("draws/", include(public_draws)),
    path("goods/", include("huiguan.console.goods.urls")),
    path("clock/", include("huiguan.console.clock.urls")),
    path("programs/hooks/", include("huiguan.console.hooks.urls")),
    path("books/", include("huiguan.console.books.urls")),
    path("rulebook/simulations/", include("huiguan.console.simulating.urls")),
    path("staff/", include("huiguan.console.staff.urls")),
    path("programs/", include("huiguan.console.programs.urls")),
    path("account/", include("huiguan.console.account.urls")),
    path("rulebook/", include("huiguan.console.drafting.urls")),  # before the clauses, which take any word
    path("rulebook/", include("huiguan.console.authoring.urls")),
    path("rulebook/", include("huiguan.console.rulebook.urls")),
]
