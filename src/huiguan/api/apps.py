"""The entrance as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "huiguan.api"
    label = "api"
