"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "huiguan.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
