"""Addresses of the rulebook."""

from __future__ import annotations

from django.urls import path

from huiguan.console.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.read, name="text"),
    path("file/<int:number>", views.file, name="file"),
    path("<str:clause>/", views.clause, name="clause"),
    path("<str:clause>/rehearsal", views.rehearse, name="rehearse"),
    path("<str:clause>/rehearsal/<int:number>", views.rehearsal, name="rehearsal"),
]
