"""Addresses of papers and templates."""

from __future__ import annotations

from django.urls import path

from huiguan.console.documents import templates, views

app_name = "papers"
urlpatterns = [
    path("templates/", templates.shelf, name="templates"),
    path("templates/<slug:name>/file", templates.file, name="template-file"),
    path("templates/<slug:name>/withdrawal", templates.withdraw, name="template-withdrawal"),
    path("of/<str:number>/", views.member, name="member"),
    path("of/<str:number>/signatures", views.sign, name="sign"),
    path("<str:document>/", views.paper, name="paper"),
    path("<str:document>/file", views.file, name="file"),
    path("<str:document>/view", views.view, name="view"),
    path("<str:document>/verdict", views.verdict, name="verdict"),
    path("<str:document>/original", views.original, name="original"),
    path("<str:document>/withdrawal", views.withdraw, name="withdrawal"),
]
