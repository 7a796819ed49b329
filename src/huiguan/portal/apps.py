from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiguan.portal"
    label = "portal"
