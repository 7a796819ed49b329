"""Addresses of the organisation."""

from __future__ import annotations

from django.urls import path

from huiguan.console.places import views

app_name = "places"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<str:code>/", views.place, name="place"),
    path("<str:code>/closing", views.closing, name="closing"),
]
