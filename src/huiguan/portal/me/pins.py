"""The PIN that protects what is stored: set by herself against a code sent to her own phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations as member_operations
from huiguan.members import queries as members
from huiguan.members.inputs import SetPin
from huiguan.parties import formats
from huiguan.portal.acting import Visiting, go_on, member_only, show
from huiguan.portal.door.drawing import digits_of, masked
from huiguan.portal.me.proving import proof_of, send_code

PURPOSE = "set_pin"
_NOT_HERS = Text(zh="不是您登记的手机号", en="is not the phone on your record")


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def pin(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Her phone once more; POST sends it a code."""
    if request.method == "GET":
        return show(request, now, "portal/me/pin.html", current="me")
    typed = request.POST.get("phone", "").strip()[:40]
    try:
        phone = _hers(now, typed)
        soon = send_code(request, now, PURPOSE, phone)
    except Refusal as refusal:
        return show(request, now, "portal/me/pin.html", current="me", refusal=refusal, typed=typed)
    return _ask(request, now, phone, soon)


def _hers(now: Visiting, typed: str) -> str:
    """The phone as it is kept, where it is hers."""
    phone = formats.mobile(typed, "phone")
    holder = members.phone_holder(now.programme.id, phone, now.at)
    if holder is None or holder.membership != now.actor.membership:
        raise InvalidInput(field="phone", rule=_NOT_HERS)
    return phone


def _ask(request: HttpRequest, now: Visiting, phone: str, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {"phone": phone, "masked": masked(phone), "digits": digits_of(now, phone)}
    return show(request, now, "portal/me/pin_code.html", current="me", refusal=refusal, **context)


@never_cache
@sensitive_post_parameters("code", "pin")
@require_POST
@member_only
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits and the PIN."""
    phone = request.POST.get("phone", "")[:40]
    try:
        phone = _hers(now, phone)
        proof = proof_of(request, now, PURPOSE, phone)
        given = read(SetPin, {"member": now.number, "pin": request.POST.get("pin", "").strip(), "proof": proof})
        member_operations.set_pin(actor=now.actor, at=now.at, given=given, wall=now.wall)
    except Refusal as refusal:
        return _ask(request, now, phone, refusal)
    return go_on(request, now, "me/", Text(zh="支付密码已设好", en="Your PIN is set"))
