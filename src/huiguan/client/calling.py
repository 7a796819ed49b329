"""Calls: one request, one answer, tried again where that is safe."""

from __future__ import annotations

import http.client
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from huiguan.client.cursors import Cursor
from huiguan.client.problems import Problem, Unreachable

PREFIX = "/api/v1"
TRIES = 6
LONGEST_PAUSE = 30.0
_AGAIN = frozenset({429, 500, 502, 503, 504})
_WAIT = 25  # seconds an empty page of events waits at the server


class Client:
    """One installation, with one key. `site` is its address ("https://members.example"); `key` begins with hg_.

    Answers are JSON as plain values; money is yuan as text. Whatever is refused raises Problem. Calls may be made from
    several threads: each is a connection of its own. `pause` is called with seconds between two tries.
    """

    def __init__(
        self,
        site: str,
        *,
        key: str,
        language: Literal["zh", "en"] = "en",
        seconds: float = 30.0,
        tries: int = TRIES,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(site)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an address: {site}")
        self._https, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._root = parts.path.rstrip("/") + PREFIX
        self._headers = {"Authorization": f"Bearer {key}", "Accept-Language": language, "Accept": "application/json"}
        self._seconds, self._tries, self._pause = seconds, tries, pause

    def get(self, path: str, **query: Any) -> Any:
        """What stands at `path` ("/members/DN000382"). `query`: names and values; None is left out."""
        return self._call("GET", path, query, None, None)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """A write. `key` is its idempotency key, made here where none is given and the same in every try: name one
        where the thing to be done must be done once even if this program dies in between."""
        return self._call("POST", path, {}, body, key or new_key())

    def put(self, path: str, body: Any, *, key: str | None = None) -> Any:
        return self._call("PUT", path, {}, body, key or new_key())

    def patch(self, path: str, body: Any, *, key: str | None = None) -> Any:
        return self._call("PATCH", path, {}, body, key or new_key())

    def delete(self, path: str, *, key: str | None = None, **query: Any) -> Any:
        return self._call("DELETE", path, query, None, key or new_key())

    def items(self, path: str, **query: Any) -> Iterator[Any]:
        """Everything of a list, page after page as it is asked for."""
        cursor: str | None = None
        while True:
            page = self.get(path, **{**query, "cursor": cursor})
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def events(
        self,
        cursor: Cursor,
        *,
        types: Sequence[str] = (),
        begin: Literal["oldest", "end"] = "oldest",
        follow: bool = True,
    ) -> Iterator[dict[str, Any]]:
        """What happened behind `cursor`, in order, and what happens from then on; without `follow` only until the end.

        The cursor is moved when the next event is asked for: one whose handling fails comes again. An empty cursor
        begins with the oldest event that is kept, or with what happens from now on (`begin`="end").
        """
        chosen, after = ",".join(types) or None, cursor.read()
        if not after and begin == "end":
            after = self.get("/events", after="end")["next"]
            cursor.keep(after)
        while True:
            page = self.get("/events", after=after or None, types=chosen, wait=_WAIT if follow else 0)
            for event in page["items"]:
                yield event
                cursor.keep(event["id"])
            if page["next"] != after:
                after = page["next"]
                cursor.keep(after)
            if not follow and not page["more"]:
                return

    def _call(self, method: str, path: str, query: Mapping[str, Any], body: Any, key: str | None) -> Any:
        asked = {name: value for name, value in query.items() if value is not None}
        target = self._root + quote(path, safe="/%") + (f"?{urlencode(asked)}" if asked else "")
        headers = dict(self._headers)
        if key is not None:
            headers["Idempotency-Key"] = key
        sent = None
        if body is not None:
            sent, headers["Content-Type"] = json.dumps(body, ensure_ascii=False).encode(), "application/json"
        for left in range(self._tries - 1, -1, -1):
            wait = 0.0
            try:
                status, wait, told = self._asked(method, target, sent, headers)
            except (OSError, http.client.HTTPException) as trouble:
                if not left:
                    raise Unreachable(f"{method} {path}: {trouble}", key) from trouble
            else:
                if status < 400:
                    return told
                if status not in _AGAIN or not left:
                    raise Problem(status, told if isinstance(told, dict) else {})
            self._pause(max(wait, _spread(self._tries - 1 - left)))
        raise AssertionError("unreachable")

    def _asked(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, float, Any]:
        """Status, the seconds the server asks to be left alone for, and the answer. Redirects are not followed: the key
        is for this address alone."""
        kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=self._seconds + _WAIT)
        try:
            connection.request(method, target, body=body, headers=dict(headers))
            response = connection.getresponse()
            came = response.read()
        finally:
            connection.close()
        asked = response.headers.get("Retry-After", "")
        return response.status, float(asked) if asked.isascii() and asked.isdigit() else 0.0, _json(came)


def new_key() -> str:
    """An idempotency key nobody else will make."""
    return str(uuid.uuid4())


def _spread(tried: int) -> float:
    """The pause after so many tries that failed: longer each time, and never together with everybody else's."""
    return random.uniform(0.5, 1.0) * min(LONGEST_PAUSE, 0.5 * 2.0**tried)


def _json(came: bytes) -> Any:
    try:
        return json.loads(came) if came else None
    except ValueError:
        return None  # a proxy in between, not the house
