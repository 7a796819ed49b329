"""Addresses of breaches, measures and awards."""

from __future__ import annotations

from django.urls import path

from huiguan.console.conduct import awards, deeds, owed, views

app_name = "conduct"
urlpatterns = [
    path("", views.breaches, name="breaches"),
    path("new/", deeds.report, name="report"),
    path("measures/", views.measures, name="measures"),
    path("measures/<str:number>/", deeds.measure, name="measure"),
    path("awards/", awards.awards, name="awards"),
    path("awards/new/", awards.proposal, name="proposal"),
    path("awards/<str:number>/", awards.award, name="award"),
    path("obligations/", owed.obligations, name="obligations"),
    path("obligations/events/new/", owed.event, name="event"),
    path("breaches/<str:number>/", deeds.breach, name="breach"),
]
