"""Addresses of the webhooks."""

from __future__ import annotations

from django.urls import path

from huiguan.console.hooks import views

app_name = "hooks"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<int:number>/", views.hook, name="hook"),
    path("<int:number>/log", views.log, name="log"),
    path("<int:number>/change", views.change, name="change"),
    path("<int:number>/resend", views.resend, name="resend"),
    path("<int:number>/<slug:deed>", views.do, name="do"),
]
