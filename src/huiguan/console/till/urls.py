"""Addresses of the till."""

from __future__ import annotations

from django.urls import path

from huiguan.console.till import proving, views

app_name = "till"
urlpatterns = [
    path("", views.till, name="till"),
    path("quote", views.quote, name="quote"),
    path("sale", views.sell, name="sell"),
    path("code", proving.send, name="send_code"),
    path("hold", views.hold, name="hold"),
    path("held", views.held, name="held"),
    path("held/take", views.take_up, name="take_up"),
    path("buyers", views.buyers, name="buyers"),
    path("returns", views.returns, name="returns"),
]
