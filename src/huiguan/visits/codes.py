"""The code a member shows: who, since when, and a signature nobody else can make. Pure.

Forty-six letters and digits that a scanner types as they are and a QR code packs tightly: "HG1-" and base 32 of
membership, second, nonce and eighty bits of HMAC-SHA256.
"""

from __future__ import annotations

import base64
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

GOOD_FOR = timedelta(seconds=60)
AHEAD = timedelta(seconds=5)  # how far two processes' clocks may differ
PREFIX = "HG1-"
_BODY = struct.Struct(">QII")
_SIGNED = 10
_LENGTH = 42  # of the base-32 part, without the filling


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a code says of itself once its signature was found good."""

    membership: int
    issued: int
    nonce: int

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.issued, UTC)

    @property
    def until(self) -> datetime:
        return self.since + GOOD_FOR


def looks_like_code(text: str) -> bool:
    """Whether something scanned means to be such a code."""
    return text.strip().upper().startswith(PREFIX)


def signed_code(secret: str, programme: int, membership: int, wall: datetime, nonce: int) -> str:
    """The code of a membership at `wall`; `nonce` below 2**32."""
    body = _BODY.pack(membership, int(wall.timestamp()), nonce)
    return PREFIX + _written(body + _signature(secret, programme, body))


def read_code(secret: str, programme: int, text: str) -> ReadCode | None:
    """What the code says; None where this installation never signed it for this programme."""
    word = text.strip().upper().removeprefix(PREFIX)
    if len(word) != _LENGTH:
        return None
    try:
        raw = base64.b32decode(word + "=" * (-len(word) % 8))
    except ValueError:
        return None
    if _written(raw) != word:  # bits beyond the last byte: another spelling of the same code
        return None
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    if not hmac.compare_digest(signature, _signature(secret, programme, body)):
        return None
    return ReadCode(*_BODY.unpack(body))


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _signature(secret: str, programme: int, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), b"member-code|%d|" % programme + body, "sha256")[:_SIGNED]
