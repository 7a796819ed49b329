"""Addresses of drafts and versions."""

from __future__ import annotations

from django.urls import path

from huiguan.console.drafting import views
from huiguan.console.drafting.deeds import DEEDS

app_name = "drafting"
urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:number>/", views.draft, name="draft"),
    path("drafts/<int:number>/examples/", views.examples, name="examples"),
    path("drafts/<int:number>/proof", views.proof, name="proof"),
    path("drafts/<int:number>/revisions/<int:revision>", views.revision, name="revision"),
    *(path(f"drafts/<int:number>/{noun}", views.decide, {"deed": noun}) for noun in DEEDS),
    path("versions/", views.versions, name="versions"),
    path("versions/difference", views.compared, name="compared"),
]
