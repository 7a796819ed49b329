"""What is known of a member, and what she decides about it."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.me import (
    awards,
    copies,
    exchanges,
    friends,
    gifts,
    leaving,
    matters,
    measures,
    owed,
    papers,
    phones,
    pins,
    privacy,
    views,
)

urlpatterns = [
    path("", views.me),
    path("profile", views.profile),
    path("phone", phones.phone),
    path("phone/code", phones.answer),
    path("privacy", privacy.privacy),
    path("privacy/consent", privacy.consent),
    path("privacy/sharing", privacy.sharing),
    path("devices", privacy.devices),
    path("messages", views.messages),
    path("pin", pins.pin),
    path("pin/code", pins.answer),
    path("papers", papers.papers),
    path("papers/signature", papers.sign),
    path("papers/templates/<slug:name>", papers.template),
    path("papers/<str:document>", papers.file),
    path("awards", awards.awards),
    path("measures", measures.measures),
    path("owed/report", owed.report),
    path("owed", owed.owed),
    path("matters", matters.matters),
    path("votes/<str:number>", matters.vote),
    path("friends", friends.friends),
    path("gifts", gifts.gifts),
    path("partners", exchanges.partners),
    path("partners/<slug:partner>", exchanges.partner),
    path("partners/<slug:partner>/unlink", exchanges.unlink),
    path("leave", leaving.leave),
    path("leave/code", leaving.answer),
    path("copy", copies.copy),
    path("copy.zip", copies.copy_file),
]
