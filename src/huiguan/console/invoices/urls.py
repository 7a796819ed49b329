"""Addresses of invoices."""

from __future__ import annotations

from django.urls import path

from huiguan.console.invoices import views

app_name = "invoices"
urlpatterns = [
    path("", views.listed, name="list"),
    path("sheet", views.sheet, name="sheet"),
    path("<str:invoice>/issue", views.issue, name="issue"),
    path("<str:invoice>/reversal", views.reverse, name="reverse"),
    path("<str:invoice>/withdrawal", views.withdraw, name="withdraw"),
]
