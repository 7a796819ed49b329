"""Addresses of the bodies."""

from __future__ import annotations

from django.urls import path

from huiguan.console.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<slug:name>/", views.body, name="body"),
    path("<slug:name>/places/<int:place>/<slug:what>", views.seat, name="seat"),
]
