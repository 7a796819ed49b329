"""Addresses of allowances."""

from __future__ import annotations

from django.urls import path

from huiguan.console.allowances import views

app_name = "allowances"
urlpatterns = [
    path("", views.allowances, name="list"),
    path("<str:allowance>/close", views.close, name="close"),
]
