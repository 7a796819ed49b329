"""What the server says to a till, signed: `payload.signature`, both base64url; Ed25519 over the payload as it stands. Pure."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class TokenInvalid(Exception):
    """The text is no allowance of this house."""


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a till may do offline: take at most `points` of `unit` from `member`, each worth `worth` fen, before `until`."""

    id: str
    programme: int
    member: str
    shop: str
    till: str
    unit: str
    points: int
    worth: int
    granted_at: datetime
    until: datetime


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The house's own key for allowances, out of the installation's signing secret."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"huiguan.allowances|{secret}".encode()).digest())


def public_key(secret: str) -> bytes:
    """The 32 bytes by which a till knows what the house has signed."""
    return signing_key(secret).public_key().public_bytes_raw()


def token_of(terms: Terms, secret: str) -> str:
    payload = msgspec.json.encode(terms)
    return f"{_text(payload)}.{_text(signing_key(secret).sign(payload))}"


def terms_of(token: str, public: bytes) -> Terms:
    """The terms of a token, its signature verified; TokenInvalid."""
    payload, _, signature = token.partition(".")
    try:
        told = _bytes(payload)
        Ed25519PublicKey.from_public_bytes(public).verify(_bytes(signature), told)
        return msgspec.json.decode(told, type=Terms)
    except (ValueError, InvalidSignature, msgspec.MsgspecError):
        raise TokenInvalid() from None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
