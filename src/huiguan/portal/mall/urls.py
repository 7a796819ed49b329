"""The mall: shelves, things, orders, and what is scarce."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.mall import deeds, views

urlpatterns = [
    path("", views.shelves),
    path("items/<slug:item>/", views.thing),
    path("items/<slug:item>/order", deeds.order),
    path("items/<slug:item>/wait", deeds.wait),
    path("items/<slug:item>/wait/leave", deeds.leave),
    path("pictures/<slug:digest>", views.picture),
    path("orders/", views.orders),
    path("orders/<slug:number>/", views.ordered),
    path("orders/<slug:number>/cancel", deeds.cancel),
    path("auctions/<slug:auction>/", views.auction),
    path("auctions/<slug:auction>/bid", deeds.bid),
    path("draws/<slug:draw>/", views.draw),
    path("draws/<slug:draw>/enter", deeds.enter),
]
