"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "huiguan.hooks"
    label = "hooks"
    default_auto_field = "django.db.models.BigAutoField"
