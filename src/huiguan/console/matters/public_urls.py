"""Addresses of public notices, for anybody."""

from __future__ import annotations

from django.urls import path

from huiguan.console.matters import public

urlpatterns = [
    path("<slug:programme>/", public.notices, name="public-notices"),
    path("<slug:programme>/<str:number>/", public.notice, name="public-notice"),
]
