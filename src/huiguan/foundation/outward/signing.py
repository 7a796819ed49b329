"""Signatures by the Standard Webhooks specification: HMAC-SHA256 over "id.timestamp.body". Pure.

A secret is "whsec_" and base64. While a new one replaces an old one, a message bears both signatures.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE = 300  # seconds between the sender's clock and ours


def secret_of(key: bytes) -> str:
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """'v1,…' of one message. `timestamp`: seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b"%s.%d.%s" % (message.encode(), timestamp, body)
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(secrets: Sequence[str], message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a message, signed with each secret, the newest first."""
    signed = " ".join(signature(secret, message, timestamp, body) for secret in secrets)
    return {"webhook-id": message, "webhook-timestamp": str(timestamp), "webhook-signature": signed}


def fits(secret: str, told: Mapping[str, str], timestamp_now: int, body: bytes) -> bool:
    """Whether the message with these headers was signed with the secret, within five minutes of now."""
    found = {name.lower(): value for name, value in told.items()}
    message, sent = found.get("webhook-id", ""), found.get("webhook-timestamp", "")
    if not message.isascii() or not (sent.isascii() and sent.isdigit() and len(sent) < 15):
        return False
    if abs(timestamp_now - int(sent)) > TOLERANCE:
        return False
    expected = signature(secret, message, int(sent), body)
    given = found.get("webhook-signature", "").split()
    return any(hmac.compare_digest(each.encode(), expected.encode()) for each in given)
