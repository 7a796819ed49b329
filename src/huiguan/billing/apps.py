"""The room as Django knows it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "huiguan.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the room of matters what a stage needs that is paid."""
        supply = import_module("huiguan.cases.subjects").supply
        supply(import_module("huiguan.billing.dues.needing").Settlements())
