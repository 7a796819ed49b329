"""Leaving: what is lost is said before, and counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.checkout import queries as checkout
from huiguan.design.wording import named_unit
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, forget, member_only, show
from huiguan.portal.door.drawing import digits_of, masked
from huiguan.portal.knowing import known_member
from huiguan.portal.me.proving import proof_of, send_code
from huiguan.rules.wallet import BONUS, PRINCIPAL
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries

PURPOSE = "leave"
_KNOWN = Text(zh="请先勾选：我知道这些会失去", en="Tick first that you know what is lost")


@require_http_methods(["GET", "POST"])
@member_only
def leave(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What is lost; POST sends a code to her phone, so that nobody leaves for her at a device she left lying."""
    if request.method == "GET":
        return _page(request, now)
    try:
        if not request.POST.get("known"):
            raise InvalidInput(field="known", rule=_KNOWN)
        phone = visit_queries.own_phone(now.actor, now.at)
        soon = send_code(request, now, PURPOSE, phone)
    except Refusal as refusal:
        return _page(request, now, refusal)
    return _ask(request, now, phone, soon)


def _ask(request: HttpRequest, now: Visiting, phone: str, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "masked": masked(phone), "digits": digits_of(now, phone), "reason": request.POST.get("reason", "")[:200],
    }  # fmt: skip
    return show(request, now, "portal/me/leave_code.html", current="me", refusal=refusal, **context)


@never_cache
@sensitive_post_parameters("code")
@require_POST
@member_only
def answer(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The digits: she has left."""
    phone = visit_queries.own_phone(now.actor, now.at)
    try:
        proof, reason = proof_of(request, now, PURPOSE, phone), request.POST.get("reason", "").strip()
        visits.leave(actor=now.actor, at=now.at, wall=now.wall, proof=proof, reason=reason)
    except Refusal as refusal:
        return _ask(request, now, phone, refusal)
    gone = Visiting(now.programme, now.rulebook, now.actor, now.at, now.wall)
    return forget(show(request, gone, "portal/me/left.html"), now)


def _page(request: HttpRequest, now: Visiting, refusal: Refusal | None = None) -> HttpResponse:
    member = known_member(now)
    packages = checkout.packages(now.actor, now.number, now.at) if now.rulebook.of("package") else ()
    context: dict[str, Any] = {
        "units": [(named_unit(member.rulebook, unit), member.has(unit)) for unit in member.rulebook.units],
        "coupons": sum(1 for each in member.told.rights if each.state in ("ready", "waiting", "reserved")),
        "packages": sum(1 for each in packages if each.state in ("open", "waiting")),
        "tier": member.told.tier_title if member.told.tier else "",
        "paid_in": member.has(PRINCIPAL),
        "bonus": member.has(BONUS),
        "reason": request.POST.get("reason", ""),
    }
    return show(request, now, "portal/me/leave.html", current="me", refusal=refusal, **context)
