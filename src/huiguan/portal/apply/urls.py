"""An application, from what one may apply for to what came of it."""

from __future__ import annotations

from django.urls import path

from huiguan.portal.apply import checking, data, doors, forms, papers, recommending, recovering, signing, standing

urlpatterns = [
    path("apply/", doors.offers),
    path("apply/resume", doors.resume),
    path("apply/lost", recovering.lost),
    path("apply/lost/code", recovering.answer),
    path("apply/out", doors.leave),
    path("apply/for/<slug:procedure>", doors.offer),
    path("apply/templates/<slug:name>", papers.template),
    path("apply/<str:number>/", standing.standing),
    path("apply/<str:number>/form/<int:n>", forms.step),
    path("apply/<str:number>/form/<int:n>/draft", forms.keep),
    path("apply/<str:number>/papers", papers.papers),
    path("apply/<str:number>/papers/<str:document>", papers.paper),
    path("apply/<str:number>/signature", signing.signature),
    path("apply/<str:number>/check", checking.check),
    path("apply/<str:number>/code", doors.renew),
    path("apply/<str:number>/data", data.data),
    path("apply/<str:number>/data/copy", data.copy),
    path("apply/<str:number>/data/erasure", data.erasure),
    path("apply/<str:number>/do/<slug:deed>", standing.do),
    path("recommend/<str:token>", recommending.recommend),
]
