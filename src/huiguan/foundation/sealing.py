"""Sensitive values are sealed with the installation's field key, which lies outside the database.

AES-256-GCM, a fresh nonce each time, bound to whose value it is and of which field: a sealed value copied to another
row does not open. What must be found again has a blind index beside it: HMAC-SHA256 under a key of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

NONCE = 12


class FieldKeyMissing(Refusal):
    """The installation has no field key, or not the one the values were sealed with."""

    text = Text(
        zh="没有（或不是原来的）资料密钥，不能存取敏感资料。",
        en="The field key is missing or is not the one used before; sensitive data can be neither kept nor read.",
    )
    status = 503
    rank = "state"


def seal(text: str, *, bound: str) -> bytes:
    """`text` sealed; it opens only with the same `bound`."""
    return seal_bytes(text.encode(), bound=bound)


def unseal(sealed: bytes, *, bound: str) -> str:
    return unseal_bytes(sealed, bound=bound).decode()


def seal_bytes(data: bytes, *, bound: str) -> bytes:
    """A whole file sealed, as a value is."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(_key()).encrypt(nonce, data, bound.encode())


def unseal_bytes(sealed: bytes, *, bound: str) -> bytes:
    try:
        return _cipher(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], bound.encode())
    except InvalidTag:
        raise FieldKeyMissing() from None


def blind(programme: int, kind: str, text: str) -> bytes:
    """The blind index of a key: the same text gives the same 32 bytes, and they tell nothing of it."""
    return hmac.digest(_blind_key(_key()), f"{programme}|{kind}|{text}".encode(), "sha256")


def _key() -> bytes:
    key: bytes = settings.HUIGUAN_FIELD_KEY
    if len(key) != 32:
        raise FieldKeyMissing()
    return key


@lru_cache(maxsize=2)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"seal", hashlib.sha256))


@lru_cache(maxsize=2)
def _blind_key(key: bytes) -> bytes:
    return hmac.digest(key, b"blind", hashlib.sha256)
