"""The front page and the search that stands over every page."""

from __future__ import annotations

from django.urls import path

from huiguan.console.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
]
