from importlib import import_module

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "huiguan.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the room of matters what happens to memberships when one is decided."""
        import_module("huiguan.members.subjects").register_subjects()
