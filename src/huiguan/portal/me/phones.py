"""A new phone: digits go to the present one and to the new one, and nobody learns whether the new one is another member's
before both are answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.parties import formats
from huiguan.portal.acting import Visiting, go_on, member_only, show
from huiguan.portal.door.drawing import digits_of, masked
from huiguan.portal.me.proving import proof_of, send_code
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import ChangePhone

PURPOSE = "change_phone"
_SAME = Text(zh="就是现在的号码", en="is your present number")


@never_cache
@require_http_methods(["GET", "POST"])
@member_only
def phone(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The new phone; POST sends codes to it and to the present one."""
    if request.method == "GET":
        return show(request, now, "portal/me/phone.html", current="me")
    typed = request.POST.get("phone", "").strip()[:40]
    try:
        number, own = formats.mobile(typed, "phone"), visit_queries.own_phone(now.actor, now.at)
        if number == own:
            raise InvalidInput(field="phone", rule=_SAME)
        soon = [send_code(request, now, PURPOSE, each) for each in (own, number)]
    except Refusal as refusal:
        return show(request, now, "portal/me/phone.html", current="me", refusal=refusal, typed=typed)
    return _ask(request, now, number, own, next((each for each in soon if each is not None), None))


def _ask(
    request: HttpRequest,
    now: Visiting,
    phone: str,
    own: str,
    refusal: Refusal | None = None,
    proof: str = "",
    new_proof: str = "",
) -> HttpResponse:
    """Both codes; the one that was answered already is not asked for again (`proof` the present phone's, `new_proof` the
    new one's). Where she has a PIN, that in place of the present one's."""
    context: dict[str, Any] = {
        "phone": phone, "masked": masked(phone), "own": masked(own), "proof": proof, "new_proof": new_proof,
        "has_pin": members.has_pin(now.actor.membership or 0),
        "digits": digits_of(now, phone), "own_digits": digits_of(now, own),
    }  # fmt: skip
    return show(request, now, "portal/me/phone_code.html", current="me", refusal=refusal, **context)


@never_cache
@sensitive_post_parameters("code", "own_code", "pin", "proof", "new_proof")
@require_POST
@member_only
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits of both: she is found by the new phone from now on."""
    number, own, proof = request.POST.get("phone", "")[:40], "", request.POST.get("proof", "")[:100]
    new_proof, pin = request.POST.get("new_proof", "")[:100], request.POST.get("pin", "").strip()[:20]
    try:
        number, own = formats.mobile(number, "phone"), visit_queries.own_phone(now.actor, now.at)
        if not pin:
            proof = proof or proof_of(request, now, PURPOSE, own, "own_code")
        new_proof = new_proof or proof_of(request, now, PURPOSE, number)
        mine = {"pin": pin} if pin else {"own": proof}
        given = read(ChangePhone, {"phone": number, "proof": new_proof, **mine})
        visits.change_phone(actor=now.actor, at=now.at, given=given, wall=now.wall)
    except Refusal as refusal:
        return _ask(request, now, number, own, refusal, proof, new_proof)
    return go_on(request, now, "me/", Text(zh="手机号已更换", en="Your phone number is changed"))
