"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "huiguan.calendar"
    label = "calendar"
    default_auto_field = "django.db.models.BigAutoField"
