"""Webhooks at the receiver: is a message from who it says? By the Standard Webhooks specification."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from huiguan.client.problems import SignatureWrong

TOLERANCE = 300  # seconds between the sender's clock and ours
_PREFIX = "whsec_"


def verified(
    body: bytes,
    headers: Mapping[str, str],
    *,
    secrets: Sequence[str],
    now: float | None = None,
    tolerance: int = TOLERANCE,
) -> dict[str, Any]:
    """The event in `body` (the bytes as they came), where one of `secrets` signed it. SignatureWrong otherwise.

    Handle each `id` once: the same message may come again. `now` in seconds since 1970, for tests.
    """
    told = {name.lower(): value for name, value in headers.items()}
    message, timestamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    if not message or not (timestamp.isascii() and timestamp.isdigit()):
        raise SignatureWrong("the headers webhook-id and webhook-timestamp are missing or wrong")
    if abs((time.time() if now is None else now) - int(timestamp)) > tolerance:
        raise SignatureWrong(f"the message is of another time: {timestamp}")
    expected = [_signature(secret, f"{message}.{timestamp}.".encode() + body) for secret in secrets]
    given = [part.removeprefix("v1,") for part in told.get("webhook-signature", "").split() if part.startswith("v1,")]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in expected for other in given):
        raise SignatureWrong("no signature fits")
    event: dict[str, Any] = json.loads(body)
    return event


def _signature(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a secret is whsec_ and base64") from None
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
