"""The card and its code."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.card import views

urlpatterns = [
    path("", views.card),
    path("code", views.code),
    path("code/large", views.large),
]
