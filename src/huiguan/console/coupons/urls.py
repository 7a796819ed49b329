"""Addresses of coupons."""

from __future__ import annotations

from django.urls import path

from huiguan.console.coupons import views

app_name = "coupons"
urlpatterns = [
    path("", views.listed, name="list"),
    path("codes", views.make, name="make"),
    path("outside-codes", views.bring, name="bring"),
    path("batches/<int:batch>/stopping", views.stop, name="stop"),
    path("batches/<int:batch>/codes.xlsx", views.export, {"kind": "xlsx"}, name="sheet"),
    path("batches/<int:batch>/codes.csv", views.export, {"kind": "csv"}, name="csv"),
]
