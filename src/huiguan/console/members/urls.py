"""Addresses of members."""

from __future__ import annotations

from django.urls import path

from huiguan.console.members import (
    card_page,
    certifying,
    changing,
    desk,
    enrolment,
    erasures,
    faults,
    merging,
    posters,
    privacy,
    reviews,
    sheets,
    transferring,
    views,
)

app_name = "members"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", enrolment.enrol, name="new"),
    path("poster", posters.poster, name="poster"),
    path("faults", faults.faults, name="faults"),
    path("cards/", desk.desk, name="cards"),
    path("cards/list", desk.taken, name="taken"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/entries/<slug:unit>/<str:key>", views.entry, name="entry"),
    path("<str:number>/rights/<int:right>", views.coupon, name="coupon"),
    path("<str:number>/reveal", views.reveal, name="reveal"),
    path("<str:number>/privacy/copy", privacy.take_copy, name="privacy-copy"),
    path("<str:number>/privacy", privacy.privacy, name="privacy"),
    path("<str:number>/profile", changing.profile, name="profile"),
    path("<str:number>/cards/<str:card>/", card_page.card, name="card"),
    path("<str:number>/certificates/<str:certificate>.pdf", certifying.paper, name="certificate"),
    path("<str:number>/card/transfer", transferring.transfer, name="transfer"),
    path("<str:number>/merge", merging.merge, name="merge"),
    path("<str:number>/<path:what>", sheets.deed, name="deed"),
]
