"""Who fills in an application on this device: whoever knows its number and code, or the member it is of.

Knowing the code is remembered for twelve hours in a signed cookie of these pages alone, and forgotten as soon as another
code is issued.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string

from huiguan.cases import queries
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.portal.acting import Visiting, visiting
from huiguan.visits.values import MEMBER

COOKIE = "huiguan_applicant"
GUEST = "huiguan_guest"
SALT = "huiguan.applicant"
SECONDS = 12 * 3600
_LONG = 32
View = Callable[..., HttpResponse]


def guest(now: Visiting) -> Actor:
    """Whoever comes to apply: the member who is signed in, else the applicant of no matter yet."""
    if now.visit is not None and now.visit.stage == MEMBER:
        return now.actor
    return Actor("applicant", 0, "访客", now.programme.id)


def applying(view: View) -> View:
    """Wrap `view(request, now, number)` for whoever fills that matter in, as whom `now.actor` then acts; anybody else is
    asked for number and code."""

    @wraps(view)
    def asked(request: HttpRequest, now: Visiting, number: str, **kwargs: Any) -> HttpResponse:
        actor = filler(request, now, number)
        if actor is None:
            return HttpResponseRedirect(f"{now.base}apply/resume?matter={number[:20]}")
        return view(request, replace(now, actor=actor), number, **kwargs)

    return visiting()(asked)


def filler(request: HttpRequest, now: Visiting, number: str) -> Actor | None:
    """As whom somebody at this device may fill in the matter; None where she may not."""
    held = holding(request, now)
    if held is not None and fills(held, number, now):
        return held
    member = now.visit is not None and now.visit.stage == MEMBER
    return now.actor if member and fills(now.actor, number, now) else None


def fills(actor: Actor, number: str, now: Visiting) -> bool:
    try:
        queries.form(actor, number[:20], now.at)
    except Refusal:
        return False
    return True


def holding(request: HttpRequest, now: Visiting) -> Actor | None:
    """The applicant this device came in as."""
    try:
        ticket = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    programme, _, rest = str(ticket).partition("|")
    return queries.applicant_holding(now.programme.id, rest) if programme == str(now.programme.id) else None


def let_in(response: HttpResponse, request: HttpRequest, now: Visiting, actor: Actor) -> HttpResponse:
    """This device knows the applicant from now on."""
    ticket = f"{now.programme.id}|{queries.ticket_of(actor)}"
    response.set_cookie(
        COOKIE, signing.dumps(ticket, salt=SALT), max_age=SECONDS, path=f"{now.base}apply/", httponly=True,
        samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip
    return response


def guest_of(request: HttpRequest) -> str:
    """By what the device of somebody who is not known is told from others: hard to guess, and hers alone."""
    held = request.COOKIES.get(GUEST, "")
    return held if len(held) == _LONG and held.isalnum() else get_random_string(_LONG)


def remember_guest(response: HttpResponse, request: HttpRequest, now: Visiting, guest: str) -> HttpResponse:
    """The browser keeps it, for these pages alone."""
    response.set_cookie(
        GUEST, guest, max_age=30 * 24 * 3600, path=f"{now.base}apply/", httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def let_out(response: HttpResponse, now: Visiting) -> HttpResponse:
    response.delete_cookie(COOKIE, path=f"{now.base}apply/", samesite="Lax")
    return response
