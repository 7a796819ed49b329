"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "huiguan.conduct"
    label = "conduct"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the room of matters what follows when one about a measure, an appeal or an award is decided."""
        import_module("huiguan.conduct.deciding").register_subjects()
