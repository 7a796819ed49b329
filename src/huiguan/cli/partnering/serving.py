"""The played partner as a small HTTP server: signed messages in, its page out, its own notices to the installation."""

from __future__ import annotations

import html
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from huiguan.cli.partnering.books import Books
from huiguan.cli.partnering.playing import answered, notice
from huiguan.client.problems import SignatureWrong
from huiguan.client.receiving import verified
from huiguan.foundation.outward.signing import headers

_LONGEST = 16_384
_SECONDS = 10
_PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>伙伴模拟器</title>
<style>body{{font:15px/1.6 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884}}
code{{word-break:break-all}}</style><h1>伙伴模拟器 Partner simulator</h1><h2>单 Orders</h2><table>
<tr><th>编号 Reference<th>账号 Account<th>要求 Asked<th>办了 Moved<th>结果 State<th>待通知 To tell</tr>{orders}</table>
<h2>报文 Messages</h2><table>{messages}</table>"""


@dataclass(frozen=True, slots=True)
class Simulator:
    """A partner that is played: its books, the secret both sign with, where it tells by itself ("" nowhere)."""

    books: Books
    secret: str
    address: str = ""
    clock: Callable[[], float] = time.time

    def serve(self, port: int) -> ThreadingHTTPServer:
        """A server on this machine only, not running yet."""
        simulator = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = min(int(self.headers.get("Content-Length") or 0), _LONGEST)
                status, answer = simulator.hear(dict(self.headers), self.rfile.read(length))
                if answer is None:  # it hangs up without a word
                    self.close_connection = True
                    return
                self._say(status, "application/json", json.dumps(answer))

            def do_GET(self) -> None:
                self._say(200, "text/html; charset=utf-8", simulator.page())

            def _say(self, status: int, kind: str, text: str) -> None:
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *said: object) -> None:
                """Its page tells what came."""

        server = ThreadingHTTPServer(("127.0.0.1", port), Door)
        server.daemon_threads = True
        return server

    def hear(self, told: dict[str, str], body: bytes) -> tuple[int, dict[str, Any] | None]:
        """One message and the answer to it; 401 where it is not signed."""
        now = self.clock()
        try:
            message = verified(body, told, secrets=[self.secret], now=now)
        except (SignatureWrong, ValueError):
            return 401, {"state": "refused", "why": "signature"}
        self.books.note(now, "in", message)
        answer = answered(self.books, message, now)
        self.books.note(now, "out", answer or {"": "—"})
        return 200, answer

    def tell(self) -> int:
        """Tell by itself what is to be told; how many notices went out. One nobody takes is told again."""
        if not self.address:
            return 0
        due = self.books.to_tell(self.clock())
        return sum(self._post(order["reference"], notice(order)) for order in due)

    def _post(self, reference: str, message: dict[str, Any]) -> bool:
        body = json.dumps(message).encode()
        signed = headers([self.secret], f"word-{reference}", int(self.clock()), body)
        asked = urllib.request.Request(self.address, data=body, headers={"Content-Type": "application/json", **signed})
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:
                self.books.note(self.clock(), "notice", {**message, "answer": json.loads(answer.read(_LONGEST))})
        except (OSError, ValueError, urllib.error.URLError):
            return False
        self.books.told(reference)
        return True

    def keep_telling(self, stop: threading.Event) -> None:
        """Look every second, until told to stop."""
        while not stop.wait(1.0):
            self.tell()

    def page(self) -> str:
        orders = "".join(
            f"<tr><td>{_safe(o['reference'])}<td>{_safe(o['account'])}<td>{o['asked']}<td>{o['moved']}"
            f"<td>{_safe(o['state'])}<td>{o['tells']}</tr>"
            for o in self.books.orders()
        )
        messages = "".join(
            f"<tr><td>{time.strftime('%H:%M:%S', time.localtime(m['at']))}<td>{_safe(m['way'])}"
            f"<td><code>{_safe(m['body'])}</code></tr>"
            for m in self.books.messages()
        )
        return _PAGE.format(orders=orders, messages=messages)


def _safe(text: object) -> str:
    return html.escape(str(text))
