"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "huiguan.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
