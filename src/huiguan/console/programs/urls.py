"""Addresses of the programs."""

from __future__ import annotations

from django.urls import path

from huiguan.console.programs import views

app_name = "programs"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:number>/", views.program, name="program"),
    path("<int:number>/rotation", views.rotation, name="rotation"),
    path("<int:number>/revocation", views.revocation, name="revocation"),
]
