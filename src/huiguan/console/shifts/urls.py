"""Addresses of shifts."""

from __future__ import annotations

from django.urls import path

from huiguan.console.shifts import views

app_name = "shifts"
urlpatterns = [
    path("", views.own, name="own"),
    path("<str:shift>/", views.one, name="one"),
    path("<str:shift>/hand-over", views.hand_over, name="hand_over"),
    path("<str:shift>/cash", views.cash, name="cash"),
]
