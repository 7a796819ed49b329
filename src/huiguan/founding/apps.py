"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FoundingConfig(AppConfig):
    name = "huiguan.founding"
    label = "founding"
    default_auto_field = "django.db.models.BigAutoField"
