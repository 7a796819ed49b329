"""A receiver of webhooks: a real HTTP server that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Message:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass
class Receiver:
    """`messages` in the order they came; `replies` are used up one a message, then 204."""

    messages: list[Message] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def __enter__(self) -> Receiver:
        receiver = self

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                heard = {name.lower(): value for name, value in self.headers.items()}
                receiver.messages.append(Message(self.path, heard, body))
                reply = receiver.replies.pop(0) if receiver.replies else status(204)
                reply(self)

            do_GET = do_POST

            def log_message(self, *said: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


def status(code: int, body: bytes = b"", **headers: str) -> Reply:
    def reply(to: BaseHTTPRequestHandler) -> None:
        to.send_response(code)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    return reply


def dripping(to: BaseHTTPRequestHandler) -> None:
    """A header a byte at a time, for ever."""
    try:
        to.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            to.wfile.write(b"x")
            to.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def hanging_up(to: BaseHTTPRequestHandler) -> None:
    to.close_connection = True
    to.connection.close()
