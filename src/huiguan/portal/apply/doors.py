"""The way in: what one may apply for, an application begun, and the way back to one by its number and code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import ReissueCode, ResumeMatter
from huiguan.cases.refusals import CodeLocked
from huiguan.cases.values import SavedMatter
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.portal.acting import Visiting, origin_of, show, visiting
from huiguan.portal.apply.acting import applying, guest, guest_of, holding, let_in, let_out, remember_guest
from huiguan.portal.apply.offers import TYPE, cards, offer_page
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import BeginApplication


@require_GET
@visiting()
def offers(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What one may apply for; and, at a device that came in to one, the application under way."""
    actor, held = guest(now), holding(request, now)
    under_way = queries.matters(held, now.at) if held is not None else ()
    return show(request, now, "portal/apply/offers.html", current="me", cards=cards(now, actor), under_way=under_way)


@never_cache
@require_http_methods(["GET", "POST"])
@visiting()
def offer(request: HttpRequest, now: Visiting, procedure: str) -> HttpResponse:
    """What it takes; POST begins it."""
    actor = guest(now)
    told = queries.procedure(actor, procedure, now.at)
    if request.method == "GET":
        return remember_guest(_offer(request, now, procedure, None), request, now, guest_of(request))
    form = request.POST
    asked = visit_queries.applicant_agreements(now.programme.id, procedure, now.at)
    given = {
        "procedure": told.name, "form": {TYPE: form[TYPE]} if form.get(TYPE) else {},
        "follows": form.get("follows", "").strip() or None, "code": form.get("code", "").strip() or None,
        "consents": [each.what for each in asked if form.get(f"consent_{each.what}")],
    }  # fmt: skip
    device, key = guest_of(request), form.get("key") or None
    try:
        made = visits.begin_application(
            actor=actor, at=now.at, given=read(BeginApplication, given), wall=now.wall, guest=device,
            origin=origin_of(request), key=key,
        )  # fmt: skip
    except Refusal as refusal:
        return remember_guest(_offer(request, now, procedure, refusal), request, now, device)
    if actor.kind == "member":
        return HttpResponseRedirect(f"{now.base}apply/{made.number}/form/1")
    return remember_guest(told_code(request, now, made), request, now, device)


def _offer(request: HttpRequest, now: Visiting, procedure: str, refusal: Refusal | None) -> HttpResponse:
    actor = guest(now)
    told = queries.procedure(actor, procedure, now.at)
    asked = visit_queries.applicant_agreements(now.programme.id, procedure, now.at)
    missing = refusal.field if refusal is not None else ""
    return show(
        request, now, "portal/apply/offer.html", current="me", page=offer_page(now, told),
        may=actor.kind in told.opened_by, member=actor.kind == "member", key=get_random_string(22),
        consents=[(each, bool(request.POST.get(f"consent_{each.what}")), each.what == missing) for each in asked]
        if actor.kind != "member" else (),
        typed=request.POST.dict(), refusal=refusal,
    )  # fmt: skip


def told_code(request: HttpRequest, now: Visiting, made: SavedMatter, *, again: bool = False) -> HttpResponse:
    """Number and code, shown this once. Asked a second time with the same key, by this device therefore, no code is told
    any more: it is given another."""
    actor = queries.applicant_acting(now.programme.id, made.number)
    if made.code is None:
        made = cases.reissue_code(actor=actor, at=now.at, given=ReissueCode(matter=made.number))
    link = request.build_absolute_uri(f"{now.base}apply/resume?matter={made.number}#{made.code}")
    page = show(request, now, "portal/apply/opened.html", current="me", made=made, link=link, again=again)
    return let_in(page, request, now, actor)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@visiting()
def resume(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Number and code; after five wrong ones even the right one opens nothing, and a new one is asked for."""
    form = request.POST if request.method == "POST" else request.GET
    typed = {"matter": form.get("matter", "").strip()[:40], "code": form.get("code", "").strip()[:60]}
    told: Refusal | None = None
    if request.method == "POST":
        try:
            door = Actor("applicant", 0, "访客", now.programme.id)
            given, origin = read(ResumeMatter, typed), origin_of(request)
            actor = cases.resume_matter(actor=door, at=now.at, given=given, wall=now.wall, origin=origin)
            return let_in(HttpResponseRedirect(f"{now.base}apply/{_number(actor, now)}/"), request, now, actor)
        except Refusal as refusal:
            told = refusal
    locked = isinstance(told, CodeLocked)
    return show(request, now, "portal/apply/resume.html", typed=typed, locked=locked, refusal=told)


def _number(actor: Actor, now: Visiting) -> str:
    return queries.matters(actor, now.at)[0].number


@require_POST
@applying
def renew(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """Another code for whoever is in already."""
    given = ReissueCode(matter=number)
    made = cases.reissue_code(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    return told_code(request, now, made, again=True)


@require_POST
@visiting()
def leave(request: HttpRequest, now: Visiting) -> HttpResponse:
    """This device forgets the application; what was written stays with the house."""
    return let_out(HttpResponseRedirect(f"{now.base}apply/"), now)
