"""Addresses of the door."""

from __future__ import annotations

from django.urls import path

from huiguan.console.door import views

app_name = "door"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("shop", views.shop, name="shop"),
]
