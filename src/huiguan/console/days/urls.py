"""Addresses of a shop's days."""

from __future__ import annotations

from django.urls import path

from huiguan.console.days import views

app_name = "days"
urlpatterns = [
    path("", views.today, name="today"),
    path("<str:shop>/<int:number>/", views.closed, name="closed"),
]
