"""From a person who is known to a browser that is signed in, with the step between where she has one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from huiguan.console.acting import TOKEN_KEY, wall
from huiguan.foundation import clock
from huiguan.identity import operations
from huiguan.identity import queries as identity
from huiguan.identity.values import SignedIn

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_KEY, HALF_LASTS = "half", timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Half:
    """A person whose password was right and who is asked for more. `second`: for what (CODE, PASSKEY)."""

    staff: int
    second: tuple[str, ...]


def come_in(request: HttpRequest, known: SignedIn, to: str) -> HttpResponse:
    """Open the session and go on to `to`."""
    auth.login(request, identity.account(known.staff), backend=BACKEND)
    request.session.pop(HALF_KEY, None)
    opened = operations.begin_session(
        known=known,
        wall=wall(),
        origin=origin_of(request),
        device=request.headers.get("User-Agent", ""),
        at=clock.now(),
    )
    request.session[TOKEN_KEY] = opened.token
    response = HttpResponseRedirect(to)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, tongue_of(known.language), samesite="Lax")
    return response


def stand_between(request: HttpRequest, known: SignedIn) -> None:
    """Remember that this browser gave the right password and still owes the second step."""
    request.session.cycle_key()
    request.session[HALF_KEY] = {
        "staff": known.staff,
        "second": list(known.second),
        "until": (wall() + HALF_LASTS).isoformat(),
    }


def half_of(request: HttpRequest) -> Half | None:
    """Who owes the second step at this browser, None where nobody does or the password lies too long back."""
    kept = request.session.get(HALF_KEY)
    if not kept or datetime.fromisoformat(kept["until"]) <= wall():
        return None
    return Half(int(kept["staff"]), tuple(kept["second"]))


def origin_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def tongue_of(language: str) -> str:
    return "en" if language.startswith("en") else "zh-hans"


def safe_next(request: HttpRequest) -> str:
    """Where to go then: an address of this house, its front page otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else settings.LOGIN_REDIRECT_URL
