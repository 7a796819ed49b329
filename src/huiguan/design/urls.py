"""Addresses of the design room: `/design/choices`, and in a demo `/design/gallery`."""

from __future__ import annotations

from django.urls import path

from huiguan.design import gallery, views

app_name = "design"
urlpatterns = [
    path("choices", views.choose, name="choices"),
    path("gallery", gallery.show, name="gallery"),
]
