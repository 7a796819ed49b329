"""Public notices, for anybody: what is shown, until when, and an objection against it."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.cases import operations, queries
from huiguan.cases.inputs import ObjectToNotice
from huiguan.console.acting import brand_of
from huiguan.design.values import Brand
from huiguan.foundation import clock
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.programme import queries as programmes


@require_GET
def notices(request: HttpRequest, programme: str) -> HttpResponse:
    """Everything on notice now."""
    key = _programme(programme)
    found = queries.notices_public(key, clock.now())
    context = {"notices": found, "programme": programme, "brand": _brand(key)}
    return render(request, "console/matters/notices.html", context)


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, programme: str, number: str) -> HttpResponse:
    """One matter on notice; whoever objects says who she is, for those who answer alone."""
    key, at = _programme(programme), clock.now()
    try:
        found = queries.notice_public(key, number[:20], at)
    except Refusal:
        raise Http404 from None
    told: Refusal | None = None
    typed = request.POST.dict()
    if request.method == "POST":
        guest = Actor("applicant", 0, "访客", key)
        try:
            fields = {name: typed.get(name, "") for name in ("words", "name", "contact")}
            given = read(ObjectToNotice, {"matter": found.matter, **fields})
            operations.object_to_notice(actor=guest, at=at, given=given, key=typed.get("key") or None)
            return HttpResponseRedirect(f"{request.path}?sent=1")
        except Refusal as refusal:
            told = refusal
    context = {
        "notice": found, "programme": programme, "brand": _brand(key), "sent": "sent" in request.GET,
        "refused": told.as_problem()["text"] if told else None, "typed": typed, "key": secrets.token_hex(16),
    }  # fmt: skip
    return render(request, "console/matters/notice.html", context, status=told.status if told else 200)


def _programme(code: str) -> int:
    found = next((each.id for each in programmes.programmes() if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _brand(programme: int) -> Brand:
    return brand_of(identity.tree(system(programme)))
