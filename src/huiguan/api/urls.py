"""/api/v1, and a problem for every other address under /api/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from huiguan.api.addresses import api
from huiguan.api.guarding import unknown_address

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", api.urls),
    re_path(r"^.*$", unknown_address),
]
