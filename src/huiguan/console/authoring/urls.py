"""Addresses of a draft's forms."""

from __future__ import annotations

from django.urls import path

from huiguan.console.authoring import files, templates, views

app_name = "authoring"
urlpatterns = [
    path("templates/", templates.gallery, name="gallery"),
    path("templates/<str:template>/", templates.begin, name="begin"),
    path("drafts/<int:number>/form/", views.form, name="form"),
    path("drafts/<int:number>/clauses/<str:clause>/", views.clause, name="clause"),
    path("drafts/<int:number>/clauses/<str:clause>/check", views.check, name="check"),
    path("drafts/<int:number>/preview/", files.preview, name="preview"),
    path("drafts/<int:number>/source/", files.source, name="source"),
    path("drafts/<int:number>/source/check", files.check, name="source-check"),
]
