"""Addresses of members."""

from __future__ import annotations

from django.urls import path

from huiguan.console.members import views

app_name = "members"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/entries/<slug:unit>/<str:key>", views.entry, name="entry"),
    path("<str:number>/rights/<int:right>", views.coupon, name="coupon"),
    path("<str:number>/reveal", views.reveal, name="reveal"),
]
