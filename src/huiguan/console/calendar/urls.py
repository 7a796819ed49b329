"""Addresses of the calendar."""

from __future__ import annotations

from django.urls import path

from huiguan.console.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("days", views.days, name="days"),
    path("announcement", views.announcement, name="announcement"),
    path("files", views.files, name="files"),
    path("national", views.national, name="national"),
    path("<int:year>/sheet", views.sheet, name="sheet"),
]
