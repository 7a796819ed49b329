"""Addresses of the door."""

from __future__ import annotations

from django.urls import path

from huiguan.console.door import links, second, views

app_name = "door"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/second", second.second, name="second"),
    path("sign-in/passkey", second.passkey, name="passkey"),
    path("sign-in/passkey/options", second.passkey_options, name="passkey_options"),
    path("sign-in/link/<str:token>", links.link, name="link"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("shop", views.shop, name="shop"),
]
