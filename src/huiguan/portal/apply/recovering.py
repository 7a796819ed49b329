"""A lost or locked code: another one, for whoever answers a one-time code at the phone or mailbox of the application.

The pages say the same whether or not there is such an application, and whether or not the address is its own.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import RecoverCode
from huiguan.design.markup import tongue
from huiguan.identity import operations as identities
from huiguan.identity import queries as identity
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.refusals import CodeTooSoon
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.portal.acting import Visiting, origin_of, show, visiting
from huiguan.portal.apply.acting import let_in
from huiguan.portal.apply.doors import told_code

PURPOSE = "resume"
_CODE = Text(zh="请填写收到的六位数字", en="Enter the six digits you received")


@never_cache
@require_http_methods(["GET", "POST"])
@visiting()
def lost(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The number, and the phone or mailbox the form names; POST sends digits there."""
    form = request.POST if request.method == "POST" else request.GET
    typed = {"matter": form.get("matter", "").strip().upper()[:40], "address": form.get("address", "").strip()[:120]}
    if request.method == "GET":
        return show(request, now, "portal/apply/lost.html", typed=typed)
    try:
        address = _address(typed["address"])
        own = queries.address_fits(now.programme.id, typed["matter"], address)
        given = IssueCode(
            purpose=PURPOSE, address=address, subject=f"matter:{typed['matter']}", decoy=not own,
            language="en" if tongue() == "en" else "zh",
        )  # fmt: skip
        wall = now.wall
        identities.issue_code(actor=now.actor, at=now.at, given=given, wall=wall, origin=origin_of(request))
    except CodeTooSoon as refusal:
        return _digits(request, now, typed, refusal)
    except Refusal as refusal:
        return show(request, now, "portal/apply/lost.html", typed=typed, refusal=refusal)
    return _digits(request, now, typed)


@never_cache
@sensitive_post_parameters("code")
@require_POST
@visiting()
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits: whoever answers them gets another code."""
    form = request.POST
    typed = {"matter": form.get("matter", "").strip().upper()[:40], "address": form.get("address", "").strip()[:120]}
    try:
        code = form.get("code", "").strip()[:40]
        if not code:
            raise InvalidInput(field="code", rule=_CODE)
        address = _address(typed["address"])
        asked = CheckCode(purpose=PURPOSE, address=address, code=code, subject=f"matter:{typed['matter']}")
        origin = origin_of(request)
        proved = identities.check_code(actor=now.actor, at=now.at, given=asked, wall=now.wall, origin=origin)
        given = read(RecoverCode, {"matter": typed["matter"], "address": address, "proof": proved.proof})
        made = cases.recover_code(actor=now.actor, at=now.at, given=given, wall=now.wall)
    except Refusal as refusal:
        return _digits(request, now, typed, refusal)
    page = told_code(request, now, made)
    return let_in(page, request, now, queries.applicant_acting(now.programme.id, made.number))


def _digits(request: HttpRequest, now: Visiting, typed: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    shown = _shown(now, typed["address"])
    return show(request, now, "portal/apply/digits.html", typed=typed, digits=shown, refusal=refusal)


def _shown(now: Visiting, address: str) -> str:
    """The digits just sent, where the demonstration shows them; '' everywhere else."""
    if not settings.HUIGUAN_DEMO:
        return ""
    found = [each for each in identity.codes_to_send(now.wall) if each.programme == now.programme.id]
    return next((each.code for each in reversed(found) if each.address == address), "")


def _address(given: str) -> str:
    return formats.email(given, "address") if "@" in given else formats.mobile(given, "address")
