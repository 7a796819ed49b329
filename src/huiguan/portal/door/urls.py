"""Coming in, joining, going out."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.door import joining, views

urlpatterns = [
    path("sign-in", views.sign_in),
    path("sign-in/code", views.answer),
    path("sign-in/fact", views.fact),
    path("sign-out", views.sign_out),
    path("join", joining.join),
]
