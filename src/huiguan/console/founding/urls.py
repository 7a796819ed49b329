"""Addresses of founding."""

from __future__ import annotations

from django.urls import path

from huiguan.console.founding import onward, proving, rulebooks, views

app_name = "founding"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("house", views.house, name="house"),
    path("rulebook", rulebooks.gallery, name="rulebook"),
    path("rulebook/own", rulebooks.own, name="own"),
    path("rulebook/<str:template>/", rulebooks.template, name="template"),
    path("proof", proving.proof, name="proof"),
    path("proof/state", proving.state, name="state"),
    path("proof/aside", proving.aside, name="aside"),
    path("owner", views.owner, name="owner"),
    path("onward", onward.onward, name="onward"),
]
