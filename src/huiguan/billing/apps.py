"""The room as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "huiguan.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"
