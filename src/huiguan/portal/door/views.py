"""Coming in by phone and code. Whether a phone is a member's is told to nobody who does not hold it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.design.markup import tongue
from huiguan.design.values import Brand
from huiguan.foundation import clock
from huiguan.identity import operations as identities
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.refusals import CodeTooSoon
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.portal.acting import (
    PhoneFrame,
    Visiting,
    forget,
    keep,
    origin_of,
    place_of,
    refused,
    show,
    visiting,
)
from huiguan.portal.door.drawing import digits_of, masked, phone_page
from huiguan.portal.door.pages import CodePage
from huiguan.programme import queries as programmes
from huiguan.visits import operations as visits
from huiguan.visits.inputs import BeginVisit, ProveFact
from huiguan.visits.values import FACT

_CODE = Text(zh="请填写短信里的六位数字", en="Enter the six digits of the message")


@require_GET
def houses(request: HttpRequest) -> HttpResponse:
    """The programmes of this installation; the only one at once."""
    known = programmes.programmes()
    if len(known) == 1:
        return HttpResponseRedirect(f"/m/{known[0].code}/")
    frame = PhoneFrame(Brand(Text(zh="会馆", en="Huiguan"), "会"), "/m/", timezone.localtime(clock.now()))
    return render(request, "portal/door/houses.html", {"frame": frame, "houses": known})


@never_cache
@require_http_methods(["GET", "POST"])
@visiting()
def sign_in(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The phone; POST sends it a code and asks for the digits."""
    if now.visit is not None and request.method == "GET":
        return HttpResponseRedirect(now.base + place_of(now))
    form = request.POST if request.method == "POST" else request.GET
    join, shop = bool(form.get("join")), form.get("shop", "")[:40]
    if request.method == "GET":
        return show(request, now, "portal/door/phone.html", page=phone_page(now, "", join=join, shop=shop))
    typed = request.POST.get("phone", "").strip()[:40]
    try:
        phone = formats.mobile(typed, "phone")
        issued = _send(request, now, phone)
    except CodeTooSoon as refusal:
        # She has one already: the digits are asked for, and when another may be had is said.
        waits = int(refusal.values["seconds"])
        sent = CodePage(phone, masked(phone), join, shop, waits, refused=refused(refusal))
        return show(request, now, "portal/door/code.html", page=sent, status=refusal.status)
    except Refusal as refusal:
        page = phone_page(now, typed, join=join, shop=shop, refused=refused(refusal))
        return show(request, now, "portal/door/phone.html", page=page, status=refusal.status)
    code = CodePage(phone, masked(phone), join, shop, issued, digits_of(now, phone))
    return show(request, now, "portal/door/code.html", page=code)


def _send(request: HttpRequest, now: Visiting, phone: str) -> int:
    """Send a code; in how many seconds another may be asked for."""
    given = IssueCode(purpose="sign_in", address=phone, language="en" if tongue() == "en" else "zh")
    issued = identities.issue_code(actor=now.actor, at=now.at, given=given, wall=now.wall, origin=origin_of(request))
    return round((issued.resend_at - now.wall).total_seconds())


@never_cache
@sensitive_post_parameters("code")
@require_POST
@visiting()
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits: who answers them is in."""
    join, shop = bool(request.POST.get("join")), request.POST.get("shop", "")[:40]
    try:
        phone = formats.mobile(request.POST.get("phone", "")[:40], "phone")
    except InvalidInput as refusal:
        page = phone_page(now, "", join=join, shop=shop, refused=refused(refusal))
        return show(request, now, "portal/door/phone.html", page=page, status=refusal.status)
    try:
        typed = request.POST.get("code", "").strip()[:40]
        if not typed:
            raise InvalidInput(field="code", rule=_CODE)
        given = CheckCode(purpose="sign_in", address=phone, code=typed)
        proved = identities.check_code(
            actor=now.actor, at=now.at, given=given, wall=now.wall, origin=origin_of(request)
        )
        device = request.headers.get("User-Agent", "")[:1000]
        opening = BeginVisit(phone=phone, proof=proved.proof, device=device)
        visit = visits.begin_visit(actor=now.actor, at=now.at, given=opening, wall=now.wall, origin=origin_of(request))
    except Refusal as refusal:
        again = CodePage(phone, masked(phone), join, shop, 0, refused=refused(refusal))
        return show(request, now, "portal/door/code.html", page=again, status=refusal.status)
    there = Visiting(now.programme, now.rulebook, now.actor, now.at, now.wall, visit)
    to = place_of(there)
    return keep(
        HttpResponseRedirect(f"{now.base}{to}" + (f"?shop={shop}" if shop and to == "join" else "")),
        request,
        now,
        visit,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@visiting(FACT)
def fact(request: HttpRequest, now: Visiting) -> HttpResponse:
    """A phone whose member was not seen for long: show that it is she, or join as its new owner."""
    if request.method == "GET":
        return show(request, now, "portal/door/fact.html")
    try:
        given = read(ProveFact, {"fact": request.POST.get("fact", "")})
        visit = visits.prove_fact(
            actor=now.actor, at=now.at, given=given, token=now.token, wall=now.wall, origin=origin_of(request)
        )
    except Refusal as refusal:
        return show(request, now, "portal/door/fact.html", refused=refused(refusal), status=refusal.status)
    return keep(HttpResponseRedirect(now.base), request, now, visit)


@require_POST
@visiting()
def sign_out(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Going out at this device."""
    visits.end_visit(token=now.token, wall=now.wall)
    return forget(HttpResponseRedirect(f"{now.base}sign-in"), now)
