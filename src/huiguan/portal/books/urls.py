"""What a member's figures open: ledgers of units, coupons, purchases."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.books import coupon_deeds, dues, topping_up, views

urlpatterns = [
    path("units/<slug:unit>/", views.unit),
    path("wallet/", views.wallet),
    path("wallet/top-up", topping_up.top_up),
    path("wallet/payments/<slug:payment>", topping_up.payment),
    path("dues/", dues.dues),
    path("dues/payments/<slug:payment>", dues.payment),
    path("packages/", views.packages),
    path("coupons/", views.coupons),
    path("coupons/claim", coupon_deeds.claim),
    path("coupons/code", coupon_deeds.turn_in),
    path("coupons/gift", coupon_deeds.gift),
    path("coupons/<slug:coupon>/give", coupon_deeds.give),
    path("coupons/<slug:coupon>/take-back", coupon_deeds.take_back),
    path("coupons/<slug:coupon>/accept", coupon_deeds.accept_reserved),
    path("sales/", views.sales),
    path("sales/<str:reference>/", views.sale),
    path("sales/<str:reference>/receipt", views.receipt),
]
