"""Addresses of dues."""

from __future__ import annotations

from django.urls import path

from huiguan.console.dues import changing, runs, statement, views

app_name = "dues"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("members/", views.whose, name="whose"),
    path("members/<slug:number>/", views.member, name="member"),
    path("members/<slug:number>/deeds/<slug:deed>", changing.member_deed, name="member_deed"),
    path("charges/<slug:number>/", views.charge, name="charge"),
    path("charges/<slug:number>/deeds/<slug:deed>", changing.charge_deed, name="charge_deed"),
    path("money/", views.moneys, name="moneys"),
    path("money/<slug:number>/", views.money, name="money"),
    path("money/<slug:number>/undoing", changing.undo, name="undo"),
    path("waivers/", views.waivers, name="waivers"),
    path("waivers/<int:waiver>", changing.decide, name="decide"),
    path("runs/", runs.runs, name="runs"),
    path("statement/", statement.lines, name="statement"),
    path("statement/<int:line>", statement.decide, name="line"),
    path("deposits/", views.deposits, name="deposits"),
    path("shares/", runs.shares, name="shares"),
]
