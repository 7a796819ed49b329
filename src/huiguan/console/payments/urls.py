"""Addresses of payments. The sandbox's orders stand before the payments, which take any number."""

from __future__ import annotations

from django.urls import path

from huiguan.console.payments import sandbox, views

app_name = "payments"
urlpatterns = [
    path("", views.listed, name="list"),
    path("statements/", views.statements, name="statements"),
    path("differences/<int:difference>", views.explain, name="explain"),
    path("sandbox/", sandbox.orders, name="sandbox"),
    path("sandbox/<slug:number>", sandbox.order, name="order"),
    path("<slug:number>/", views.one, name="one"),
    path("<slug:number>/refund", views.refund, name="refund"),
    path("<slug:number>/dispute", views.clear, name="clear"),
]
