"""The rules as published."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.rules import views

urlpatterns = [path("", views.text), path("changes", views.changes)]
