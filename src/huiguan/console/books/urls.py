"""Addresses of the books."""

from __future__ import annotations

from django.urls import path

from huiguan.console.books import views

app_name = "books"
urlpatterns = [
    path("", views.books, name="books"),
    path("proof", views.proof, name="proof"),
    path("audit", views.audit, name="audit"),
]
