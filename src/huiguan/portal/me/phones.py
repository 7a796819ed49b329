"""A new phone: the digits go to the new one, and nobody learns whether it is another member's before she answers them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.design.markup import tongue
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.identity import operations as identities
from huiguan.identity.inputs import CheckCode, IssueCode
from huiguan.identity.refusals import CodeTooSoon
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.portal.acting import Visiting, member_only, origin_of, refused, show
from huiguan.portal.door.drawing import digits_of, masked
from huiguan.visits import operations as visits
from huiguan.visits.inputs import ChangePhone

PURPOSE = "change_phone"


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def phone(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The new phone; POST sends it a code."""
    if request.method == "GET":
        return show(request, now, "portal/me/phone.html", current="me")
    typed = request.POST.get("phone", "").strip()[:40]
    try:
        number = formats.mobile(typed, "phone")
        given = IssueCode(
            purpose=PURPOSE, address=number, subject=f"member:{now.number}", language="en" if tongue() == "en" else "zh"
        )
        identities.issue_code(actor=now.actor, at=now.at, given=given, wall=now.wall, origin=origin_of(request))
    except CodeTooSoon as refusal:
        return _ask(request, now, number, refused(refusal), refusal.status)
    except Refusal as refusal:
        told = {"typed": typed, "refused": refused(refusal)}
        return show(request, now, "portal/me/phone.html", current="me", status=refusal.status, **told)
    return _ask(request, now, number, digits=digits_of(now, number))


def _ask(
    request: HttpRequest, now: Visiting, phone: str, why: Refused | None = None, status: int = 200, digits: str = ""
) -> HttpResponse:
    context = {"phone": phone, "masked": masked(phone), "digits": digits, "refused": why}
    return show(request, now, "portal/me/phone_code.html", current="me", status=status, **context)


@never_cache
@sensitive_post_parameters("code")
@require_POST
@member_only
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits: she is found by the new phone from now on."""
    number = request.POST.get("phone", "")[:40]
    try:
        number = formats.mobile(number, "phone")
        subject = f"member:{now.number}"
        typed = read(
            CheckCode,
            {"purpose": PURPOSE, "address": number, "subject": subject, "code": request.POST.get("code", "").strip()},
        )
        proved = identities.check_code(
            actor=now.actor, at=now.at, given=typed, wall=now.wall, origin=origin_of(request)
        )
        given = ChangePhone(phone=number, proof=proved.proof)
        visits.change_phone(actor=now.actor, at=now.at, given=given, wall=now.wall)
    except Refusal as refusal:
        return _ask(request, now, number, refused(refusal), refusal.status)
    say_next(request, Said(Text(zh="手机号已更换", en="Your phone number is changed")))
    return HttpResponseRedirect(f"{now.base}me/")
