"""What a browser is asked to sign with a passkey: a fresh challenge kept in its session, good once and for five minutes."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.http import HttpRequest

from huiguan.identity.refusals import PasskeyRefused
from huiguan.identity.values import Ceremony

LASTS = timedelta(minutes=5)
KEY = "challenge"


def site_of(request: HttpRequest) -> str:
    """The host a passkey belongs to, without its port."""
    return request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()


def passkeys_possible(request: HttpRequest) -> bool:
    """Whether a browser makes passkeys for this address: for names over TLS and for localhost, never for bare numbers."""
    try:
        ip_address(site_of(request).strip("[]"))
    except ValueError:
        return request.is_secure() or site_of(request) == "localhost"
    return False


def fresh_challenge(request: HttpRequest, purpose: str, wall: datetime) -> Ceremony:
    """A challenge for `purpose` ("sign-in", "register"), in place of any before."""
    challenge = secrets.token_bytes(32)
    request.session[KEY] = {
        "value": base64.b64encode(challenge).decode(),
        "for": purpose,
        "until": (wall + LASTS).isoformat(),
    }
    return _ceremony(request, challenge)


def answered_challenge(request: HttpRequest, purpose: str, wall: datetime) -> Ceremony:
    """The challenge this browser was given, which is spent with it; PasskeyRefused where there is none in time."""
    kept = request.session.pop(KEY, None)
    if not kept or kept["for"] != purpose or datetime.fromisoformat(kept["until"]) <= wall:
        raise PasskeyRefused(field="credential")
    return _ceremony(request, base64.b64decode(kept["value"]))


def _ceremony(request: HttpRequest, challenge: bytes) -> Ceremony:
    return Ceremony(site_of(request), f"{request.scheme}://{request.get_host()}", challenge)
