"""Addresses of sales, their returns, and gifts."""

from __future__ import annotations

from django.urls import path

from huiguan.console.invoices import views as invoices
from huiguan.console.sales import gifts, receipts, views

app_name = "sales"
urlpatterns = [
    path("", views.listed, name="list"),
    path("returns", views.find, name="find"),
    path("gifts/<str:reference>", gifts.gift, name="gift"),
    path("top-ups/<str:reference>/receipt", receipts.stored, name="stored_receipt"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/return", views.give_back, name="return"),
    path("<str:reference>/return/plan", views.plan, name="plan"),
    path("<str:reference>/receipt", receipts.receipt, name="receipt"),
    path("<str:reference>/invoice", invoices.of_sale, name="invoice"),
    path("<str:reference>/signatures", views.sign, name="sign"),
    path("<str:reference>/void", views.void, name="void"),
]
