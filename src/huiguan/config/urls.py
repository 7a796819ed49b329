"""Every address of the installation begins here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from huiguan.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/", include("huiguan.api.urls")),
    path("design/", include("huiguan.design.urls")),
    path("m/", include("huiguan.portal.urls")),
    path("", include("huiguan.console.urls")),
]
