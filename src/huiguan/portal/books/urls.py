"""What a member's figures open: ledgers of units, coupons, purchases."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.books import views

urlpatterns = [
    path("units/<slug:unit>/", views.unit),
    path("coupons/", views.coupons),
    path("sales/", views.sales),
    path("sales/<str:reference>/", views.sale),
    path("sales/<str:reference>/receipt", views.receipt),
]
