"""The entry: hot paths are answered before Django, everything else by it, and both live as long as the process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from huiguan.config.entry import Entry, Receive, Scope, Send


class Hot:
    def __init__(self) -> None:
        self.seen: list[str] = []

    async def startup(self) -> None:
        self.seen.append("startup")

    async def shutdown(self) -> None:
        self.seen.append("shutdown")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(f"{scope['method']} {scope['path']}")


def _run(entry: Entry, scope: Scope, *messages: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    sent: list[Mapping[str, Any]] = []
    waiting = list(messages)

    async def receive() -> Mapping[str, Any]:
        return waiting.pop(0)

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(entry(scope, receive, send))
    return sent


def test_only_the_named_method_and_path_are_hot() -> None:
    hot, pages = Hot(), Hot()
    entry = Entry(pages=pages, hot={("POST", "/api/v1/sales"): hot})
    _run(entry, {"type": "http", "method": "POST", "path": "/api/v1/sales"})
    _run(entry, {"type": "http", "method": "GET", "path": "/api/v1/sales"})
    _run(entry, {"type": "http", "method": "POST", "path": "/api/v1/sales/"})
    assert hot.seen == ["POST /api/v1/sales"]
    assert pages.seen == ["GET /api/v1/sales", "POST /api/v1/sales/"]


def test_one_application_of_two_paths_is_started_and_stopped_once() -> None:
    hot = Hot()
    entry = Entry(pages=Hot(), hot={("POST", "/a"): hot, ("POST", "/b"): hot})
    sent = _run(entry, {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert hot.seen == ["startup", "shutdown"]
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
