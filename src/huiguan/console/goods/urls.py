"""Addresses of the catalogue. A SKU may hold any sign but a space, so it stands in the query."""

from __future__ import annotations

from django.urls import path

from huiguan.console.goods import views

app_name = "goods"
urlpatterns = [
    path("", views.listed, name="list"),
    path("categories", views.categories, name="categories"),
    path("new", views.new, name="new"),
    path("product", views.product, name="product"),
    path("price", views.price, name="price"),
    path("withdrawal", views.withdrawal, name="withdrawal"),
]
