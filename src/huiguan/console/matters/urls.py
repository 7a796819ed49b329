"""Addresses of matters."""

from __future__ import annotations

from django.urls import path

from huiguan.console.matters import ballots, deeds, files, recommenders, signing, views

app_name = "matters"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/<slug:procedure>/", deeds.new, name="new"),
    path("<str:number>/", views.matter, name="matter"),
    path("<str:number>/letter", views.letter, name="letter"),
    path("<str:number>/decision", deeds.decide, name="decide"),
    path("<str:number>/objections/<int:n>/answer", deeds.answer, name="answer"),
    path("<str:number>/ballot/<slug:what>", ballots.ballot, name="ballot"),
    path("<str:number>/recommenders", recommenders.recommenders, name="recommenders"),
    path("<str:number>/signature", signing.sign, name="sign"),
    path("<str:number>/papers/<str:document>", files.paper, name="paper"),
    path("<str:number>/papers/<str:document>/view", files.view, name="paper-view"),
    path("<str:number>/papers/<str:document>/verdict", files.verdict, name="paper-verdict"),
    path("<str:number>/<slug:deed>", deeds.do, name="do"),
]
