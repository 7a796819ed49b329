"""`python -m huiguan.cli.serving.answering`: one process that answers requests; several share a port.

Each has a listening socket of its own on the shared port, and the kernel deals new connections out among them: with one
socket for all, whichever woke first would take the connections of every till.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import click
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TARGET = "huiguan.config.entry:application"
LARGEST_HEAD = 64 * 1024  # bytes of an address and headers; browsers and proxies stay far below
HEAD_SECONDS = 30.0  # within which a request's head must have arrived whole
IDLE_SECONDS = 75  # a quiet connection is kept; longer than proxies keep theirs, so that none is closed under a request
STOP_SECONDS = 20  # requests under way may take to finish when it is asked to stop
_BACKLOG = 1024


class HeadTooLarge(Exception):
    """Ends the reading of a request; the caller is answered 400."""


class Line(HttpToolsProtocol):
    """A connection whose requests must begin in good time and measure: whoever sends headers without end, or never ends
    them, is let go."""

    patience = HEAD_SECONDS
    _head = 0  # bytes of the head under way
    _whole = False  # the head under way has arrived
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._slow = self.loop.call_later(self.patience, self._let_go)

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._whole:
            self._settle()
        elif self._slow is None and not self.transport.is_closing():
            self._slow = self.loop.call_later(self.patience, self._let_go)

    def on_message_begin(self) -> None:
        self._head, self._whole = 0, False
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._measure(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._measure(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._whole = True
        super().on_headers_complete()

    def _measure(self, more: int) -> None:
        self._head += more
        if self._head > LARGEST_HEAD:
            raise HeadTooLarge

    def _settle(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def _let_go(self) -> None:
        self._slow = None
        self.transport.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket on a port that other processes of this user may share, where the system knows how to share one."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind((host, port))
    return made


@click.command()
@click.option("--host", required=True)
@click.option("--port", required=True, type=int)
@click.option("--certificate", default=None)
@click.option("--key", default=None)
def answer(host: str, port: int, certificate: str | None, key: str | None) -> None:
    """Answer until SIGTERM; then finish what is under way."""
    configured = uvicorn.Config(
        TARGET,
        http=Line,
        loop="auto",  # uvloop, where there is one
        ws="none",
        lifespan="on",
        proxy_headers=False,  # Django reads what a proxy says, where it is told to
        server_header=False,
        access_log=False,
        log_level="warning",
        backlog=_BACKLOG,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    uvicorn.Server(configured).run(sockets=[listening(host, port)])


if __name__ == "__main__":
    answer()
