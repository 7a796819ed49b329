"""/api/v1, and a problem for every other address under /api/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from huiguan.api.addresses import api
from huiguan.api.guarding import unknown_address
from huiguan.api.partners.door import door
from huiguan.api.payments.notices import notices

urlpatterns: list[URLPattern | URLResolver] = [
    path("payments/notices/<slug:means>", notices),
    path("partners/<slug:programme>/<slug:partner>", door),
    path("v1/", api.urls),
    re_path(r"^.*$", unknown_address),
]
