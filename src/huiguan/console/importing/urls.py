"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from huiguan.console.importing import views

app_name = "importing"
urlpatterns = [
    path("", views.start, name="start"),
    path("runs/<int:number>/", views.run, name="run"),
    path("runs/<int:number>/state", views.state, name="state"),
    path("runs/<int:number>/confirmation", views.confirm, name="confirm"),
    path("runs/<int:number>/rejected", views.rejected, name="rejected"),
    path("<str:token>/", views.columns, name="columns"),
]
