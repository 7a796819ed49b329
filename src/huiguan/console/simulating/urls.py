"""Addresses of simulations."""

from __future__ import annotations

from django.urls import path

from huiguan.console.simulating import views

app_name = "simulating"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>/state", views.state, name="state"),
    path("<int:number>/stopping", views.stop, name="stop"),
    path("<int:number>/deletion", views.delete, name="delete"),
    path("<int:number>/source", views.source, name="source"),
    path("<int:number>/movers/", views.movers, name="movers"),
    path("<int:number>/movers.csv", views.as_text, name="csv"),
    path("<int:number>/movers.xlsx", views.as_workbook, name="xlsx"),
    path("<int:number>/refusals/", views.refusals, name="refusals"),
    path("<int:number>/members/<str:member>/", views.member, name="member"),
]
