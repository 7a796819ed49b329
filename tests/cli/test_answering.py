"""A process that answers requests: heads without measure or end are let go, the port is shared."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from huiguan.cli.serving.answering import LARGEST_HEAD, Line, listening

HOST = "127.0.0.1"


class Hasty(Line):
    """Lets a slow head go at once, as the other does after half a minute."""

    patience = 0.05


async def short(
    scope: Mapping[str, Any],
    receive: Callable[[], Awaitable[Mapping[str, Any]]],
    send: Callable[[Mapping[str, Any]], Awaitable[None]],
) -> None:
    """Reads a request whole and answers its size."""
    size, more = 0, True
    while more:
        part = await receive()
        size, more = size + len(part.get("body", b"")), part.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


@contextmanager
def answering(line: type[Line]) -> Iterator[int]:
    opened = listening(HOST, 0)
    port = opened.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(short, http=line, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    opened.listen()
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


def said(port: int, *parts: bytes) -> bytes:
    """What comes back until the connection is closed."""
    with socket.create_connection((HOST, port), timeout=10) as link:
        for part in parts:
            link.sendall(part)
        return b"".join(iter(lambda: link.recv(65536), b""))


def head(padding: int) -> bytes:
    """A request whose address and headers measure `padding` beyond the rest of them."""
    return b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"a" * padding + b"\r\n\r\n"


def test_a_head_as_large_as_allowed_is_read_and_one_byte_more_is_refused() -> None:
    rest = len("/" + "Host" + "x" + "Connection" + "close" + "X")
    with answering(Line) as port:
        assert said(port, head(LARGEST_HEAD - rest)).startswith(b"HTTP/1.1 200 ")
        assert said(port, head(LARGEST_HEAD - rest + 1)).startswith(b"HTTP/1.1 400 ")


def test_a_head_that_does_not_end_is_let_go() -> None:
    with answering(Hasty) as port:
        assert said(port) == b""
        assert said(port, b"GET / HTTP/1.1\r\nHost: x\r\n") == b""


def test_a_second_request_may_not_keep_its_head_open_either() -> None:
    with answering(Hasty) as port:
        first = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = said(port, first + b"GET / HTTP/1.1\r\nHo")
        assert answer.count(b"HTTP/1.1 200 ") == 1


def test_a_slow_body_is_not_a_slow_head() -> None:
    asked = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
    with answering(Hasty) as port, socket.create_connection((HOST, port), timeout=10) as link:
        link.sendall(asked)
        threading.Event().wait(0.15)  # three times as long as a head may take
        link.sendall(b"four")
        assert b"".join(iter(lambda: link.recv(65536), b"")).endswith(b"4\r\n0\r\n\r\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals connections out")
def test_several_processes_share_a_port() -> None:
    with listening(HOST, 0) as first, listening(HOST, first.getsockname()[1]) as second:
        assert second.getsockname() == first.getsockname()
