"""Addresses of the books."""

from __future__ import annotations

from django.urls import path

from huiguan.console.books import views

app_name = "books"
urlpatterns = [
    path("", views.books, name="books"),
    path("proof", views.proof, name="proof"),
    path("days/", views.days, name="days"),
    path("days/sheet", views.days_sheet, name="days_sheet"),
    path("owed/", views.owed, name="owed"),
    path("owed/estimate", views.estimate, name="estimate"),
    path("stored/", views.stored, name="stored"),
    path("stored/custody", views.custody, name="custody"),
    path("audit", views.audit, name="audit"),
]
