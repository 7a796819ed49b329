"""Addresses of the messages."""

from __future__ import annotations

from django.urls import path

from huiguan.console.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.listed, name="list"),
    path("box", views.box, name="box"),
    path("preview", views.preview, name="preview"),
    path("<int:number>/", views.message, name="message"),
    path("<int:number>/<slug:deed>", views.do, name="do"),
]
