"""A body beyond what its address takes is answered before it is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from huiguan.config.bodies import MOST, MOST_OF_A_FILE, Bounded, Receive, Scope, Send

PART = b"x" * (1024 * 1024)


class Page:
    """Reads everything, as Django does, and says how much it was."""

    def __init__(self) -> None:
        self.read = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.read += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})


def _posted(path: str, megabytes: int, *headers: tuple[bytes, bytes]) -> tuple[Page, list[Mapping[str, Any]], int]:
    """The page, what was sent, and how many megabytes were taken from the caller."""
    page, sent, taken = Page(), [], 0

    async def receive() -> Mapping[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": PART, "more_body": taken < megabytes}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers)}
    asyncio.run(Bounded(page)(scope, receive, send))
    return page, sent, taken


def test_a_body_within_the_bound_arrives_whole() -> None:
    page, sent, _ = _posted("/sign-in", MOST // len(PART))
    assert (page.read, sent[0]["status"]) == (MOST, 200)


def test_a_body_without_end_is_cut_off() -> None:
    page, sent, taken = _posted("/sign-in", 10_000)
    assert taken == MOST // len(PART) + 1
    assert page.read == MOST
    assert [message.get("status") for message in sent] == [413, None]
    assert sent[1]["body"].decode() == f"正文超过 {MOST} 字节。"


def test_a_body_that_says_it_is_too_large_is_not_read_at_all() -> None:
    headers = ((b"content-length", str(MOST + 1).encode()), (b"accept-language", b"en"))
    page, sent, taken = _posted("/api/v1/quotes", 20, *headers)
    assert (page.read, taken) == (0, 0)
    assert dict(sent[0]["headers"])[b"content-type"] == b"application/problem+json"
    told = json.loads(sent[1]["body"])
    assert (told["status"], told["code"], told["detail"]) == (
        413, "BodyTooLarge", f"The body has more than {MOST} bytes.",
    )  # fmt: skip


def test_files_to_be_imported_may_be_larger() -> None:
    assert _posted("/import/", 30)[0].read == 30 * len(PART)
    assert _posted("/import/", 10_000)[2] == MOST_OF_A_FILE // len(PART) + 1
    assert _posted("/importing", 30)[1][0]["status"] == 413
