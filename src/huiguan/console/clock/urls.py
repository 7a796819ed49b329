"""Addresses of the clock."""

from __future__ import annotations

from django.urls import path

from huiguan.console.clock import views

app_name = "clock"
urlpatterns = [
    path("", views.clock, name="clock"),
    path("state", views.state, name="state"),
]
