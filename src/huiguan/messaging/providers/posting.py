"""One request to a provider over the standard library: its answer, or whether it can have been heard at all."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds
_MOST = 1_000_000  # bytes of an answer


class NotReached(Exception):
    """The provider was not reached: it cannot have heard the request."""


class NotAnswered(Exception):
    """The request went out and no answer came back that can be read: what became of it is not known."""


def posted(method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> tuple[int, dict[str, Any]]:
    """The status and the JSON of the answer. No redirect is followed. Raises NotReached, NotAnswered."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if parts.scheme == "https":
        asked: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        asked = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    try:
        try:
            asked.connect()
        except OSError as trouble:
            raise NotReached(str(trouble)) from trouble
        try:
            asked.request(method, path, body or None, dict(headers))
            answer = asked.getresponse()
            told = json.loads(answer.read(_MOST))
        except (OSError, http.client.HTTPException, ValueError) as trouble:
            raise NotAnswered(str(trouble)) from trouble
    finally:
        asked.close()
    if not isinstance(told, dict):
        raise NotAnswered("no JSON object")
    return answer.status, told
