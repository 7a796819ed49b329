"""One message to one receiver: an HTTP request over the standard library, to a checked address, within 15 seconds in all.

No redirect is followed, no proxy of the environment used, no more than the first characters of an answer kept.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence

from huiguan.foundation.outward.addresses import Resolve, Target, Unreachable, resolved, target_of
from huiguan.foundation.outward.values import NO_ROUTE, NOT_HTTP, NOT_TRUSTED, REDIRECT, STATUS, TIMEOUT, Sent
from huiguan.kernel.networks import Network

SECONDS = 15
KEPT_CHARACTERS = 500
_READ_BYTES = 4096


class _Checked(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name says by now."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target

    def connect(self) -> None:
        """A socket to the checked address; over TLS the certificate must be that of the name."""
        self.sock = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._target.tls:
            context = ssl.create_default_context()
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            # The handshake comes after the socket is known here, so that it too ends when the time is up.
            wrapped = context.wrap_socket(self.sock, server_hostname=self._target.host, do_handshake_on_connect=False)
            self.sock = wrapped
            wrapped.do_handshake()


def send(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    networks: Sequence[Network] = (),
    resolve: Resolve = resolved,
    seconds: float = SECONDS,
    kept: int = KEPT_CHARACTERS,
) -> Sent:
    """POST `body` and tell what came of it, with the first `kept` characters of the answer. Never raises for what a
    receiver or a network does."""
    began = time.monotonic()

    def ended(trouble: str, status: int | None = None, answer: str = "", wait: int = 0) -> Sent:
        return Sent(status, round((time.monotonic() - began) * 1000), trouble, answer, wait)

    try:
        target = target_of(url, networks, resolve)
    except Unreachable as refused:
        return ended(refused.trouble)
    connection = _Checked(target, seconds)
    late = threading.Event()
    watch = threading.Timer(max(0.01, seconds - (time.monotonic() - began)), _cut, (connection, late))
    watch.daemon = True
    watch.start()
    try:
        status, answer, wait = _asked(connection, target, headers, body)
    except Exception as wrong:
        return ended(TIMEOUT if late.is_set() or isinstance(wrong, TimeoutError) else _trouble(wrong))
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():  # cut off in the middle, what had come may read like an answer
        return ended(TIMEOUT)
    return ended(_verdict(status), status, answer[:kept], wait)


def _asked(connection: _Checked, target: Target, headers: Mapping[str, str], body: bytes) -> tuple[int, str, int]:
    told = {"Content-Type": "application/json", "User-Agent": "huiguan-hooks/1", "Connection": "close", **headers}
    connection.request("POST", target.path, body=body, headers=told)
    response = connection.getresponse()
    wait = response.headers.get("Retry-After", "")
    kept = response.read(_READ_BYTES).decode("utf-8", errors="replace").replace("\x00", "�")
    return response.status, kept, int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 9 else 0


def _cut(connection: _Checked, late: threading.Event) -> None:
    """The time is up: whoever waits for the receiver is let go, however slowly it drips."""
    late.set()
    held = connection.sock
    if held is not None:
        with contextlib.suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)


def _verdict(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return REDIRECT if 300 <= status < 400 else STATUS


def _trouble(wrong: Exception) -> str:
    if isinstance(wrong, ssl.SSLError):
        return NOT_TRUSTED
    if isinstance(wrong, http.client.HTTPException) and not isinstance(wrong, http.client.RemoteDisconnected):
        return NOT_HTTP
    return NO_ROUTE
