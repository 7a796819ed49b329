"""Addresses of the mall: orders first, then the shelves, then what is scarce."""

from __future__ import annotations

from django.urls import path

from huiguan.console.mall import exchanges, keeping, ordered, partners, public, scarce, shelves

app_name = "mall"
urlpatterns = [
    path("", ordered.desk, name="desk"),
    path("orders/<str:number>/", ordered.order, name="order"),
    path("orders/<str:number>/<slug:deed>", ordered.step, name="step"),
    path("items/", shelves.listed, name="items"),
    path("items/new", keeping.new, name="new"),
    path("items/<str:code>/", shelves.item, name="item"),
    path("items/<str:code>/edit", keeping.edit, name="edit"),
    path("items/<str:code>/order", shelves.order, name="take"),
    path("items/<str:code>/stock", shelves.stock, name="stock"),
    path("items/<str:code>/codes", shelves.codes, name="codes"),
    path("items/<str:code>/picture", shelves.picture, name="picture"),
    path("items/<str:code>/withdrawal", shelves.withdrawal, name="withdrawal"),
    path("zones", shelves.zone, name="zone"),
    path("pictures/<slug:digest>", shelves.shown, name="shown"),
    path("scarce/", scarce.listed, name="scarce"),
    path("scarce/<slug:kind>/new", scarce.new, name="scarce-new"),
    path("partners/", partners.listed, name="partners"),
    path("partners/<slug:name>/", partners.partner, name="partner"),
    path("partners/<slug:name>/line", partners.line, name="partner-line"),
    path("partners/<slug:name>/stop", partners.stop, name="partner-stop"),
    path("partners/<slug:name>/months/<slug:month>/", partners.month, name="partner-month"),
    path("partners/<slug:name>/months/<slug:month>/close", partners.close, name="partner-close"),
    path("partners/<slug:name>/months/<slug:month>/payment", partners.payment, name="partner-payment"),
    path("exchanges/<str:number>/", exchanges.exchange, name="exchange"),
    path("exchanges/<str:number>/settlement", exchanges.settlement, name="exchange-settlement"),
    path("auctions/<str:code>/", scarce.auction, name="auction"),
    path("auctions/<str:code>/bid", scarce.bid, name="bid"),
    path("draws/<str:code>/", scarce.draw, name="draw"),
    path("draws/<str:code>/tickets", scarce.tickets, name="tickets"),
    path("scarce/<slug:kind>/<str:code>/withdrawal", scarce.withdrawal, name="scarce-end"),
]
public_draws = [
    path("<slug:programme>/<str:code>/", public.public, name="public-draw"),
    path("<slug:programme>/<str:code>/record.json", public.record, name="public-record"),
]
