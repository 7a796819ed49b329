"""Addresses of the member's pages: one line for every noun, under the programme's code."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from huiguan.portal.door import views as door
from huiguan.portal.me import awards

urlpatterns: list[URLPattern | URLResolver] = [
    path("", door.houses),
    path("<slug:code>/", include("huiguan.portal.card.urls")),
    path("<slug:code>/", include("huiguan.portal.door.urls")),
    path("<slug:code>/", include("huiguan.portal.apply.urls")),
    path("<slug:code>/", include("huiguan.portal.books.urls")),
    path("<slug:code>/mall/", include("huiguan.portal.mall.urls")),
    path("<slug:code>/me/", include("huiguan.portal.me.urls")),
    path("<slug:code>/honours", awards.roll),
    path("<slug:code>/rules/", include("huiguan.portal.rules.urls")),
]
