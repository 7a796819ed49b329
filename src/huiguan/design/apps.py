"""The design room as a Django application: templates, static files and the `huiguan` tag library."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "huiguan.design"
    label = "design"
