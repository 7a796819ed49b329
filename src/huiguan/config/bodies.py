"""How much a request may bring: no more than any address takes, whoever asks, and before any of it is kept.

Django lays a body aside on the disk before it looks at the address or at who is asking; without a bound, anybody could
fill the disk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from huiguan.api.answering import plain
from huiguan.api.problems import MEDIA_TYPE, encode, language_asked, problem_of
from huiguan.api.refusals import BodyTooLarge

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Somewhat above what pages and endpoints refuse by name, so that they do.
MOST = 12 * 1024 * 1024
MOST_OF_A_FILE = 256 * 1024 * 1024
FILES = "/import/"


class _TooMuch(Exception):
    """The body went on beyond what its address takes."""


class Bounded:
    """`application` behind a bound: a body that says it is larger, or turns out to be, is answered with 413."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        most = MOST_OF_A_FILE if scope["path"].startswith(FILES) else MOST
        left = most

        async def counted() -> Mapping[str, Any]:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooMuch
            return message

        try:
            if _announced(scope["headers"]) > most:
                raise _TooMuch
            await self._application(scope, counted, send)
        except _TooMuch:
            await _refuse(scope, send, BodyTooLarge(most=most))


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int:
    told = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0


async def _refuse(scope: Scope, send: Send, refusal: BodyTooLarge) -> None:
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    lang = language_asked(accepted.decode("latin-1"))
    kind, body = "text/plain; charset=utf-8", refusal.say(lang).encode()
    if scope["path"].startswith("/api/"):
        kind, body = MEDIA_TYPE, encode(plain(problem_of(refusal, lang)))
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what is still coming is not waited for
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
