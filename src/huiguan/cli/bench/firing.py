"""The load: a process of its own that keeps `connections` sales under way, each on its own kept-alive connection.

Run as `python -m huiguan.cli.bench.firing`; what to do comes as JSON on the standard input, what came of it goes to the
standard output. It knows nothing of the product but HTTP, and takes as little of the machine as it can.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from huiguan.cli.bench.values import Fired

_MOST_WRONG = 5


@dataclass(slots=True)
class _Line:
    """A connection with the request under way on it."""

    socket: socket.socket
    received: bytes = b""
    sent_at: float = 0.0


class _Requests:
    """POST /sales for one member after another; each has a card, each buys once."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._next: int = told["first"]
        self._last: int = told["last"]
        self._body: str = told["body"]
        self._head = (
            f"POST {told['path']} HTTP/1.1\r\nHost: {told['host']}:{told['port']}\r\n"
            f"Authorization: Bearer {told['key']}\r\nContent-Type: application/json\r\n"
        )

    def next(self) -> bytes | None:
        if self._next > self._last:
            return None
        member = self._next
        self._next += 1
        body = self._body.replace("0000000", f"{member:07d}").encode()
        head = f"{self._head}Idempotency-Key: bench-{member}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    @property
    def place(self) -> int:
        return self._next


def fire(told: dict[str, Any]) -> tuple[Fired, int]:
    """Fire for `seconds`; what came of it, and the first member who has not bought."""
    requests = _Requests(told)
    poll = select.epoll()
    lines: dict[int, _Line] = {}
    for _ in range(told["connections"]):
        opened = socket.create_connection((told["host"], told["port"]))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines[opened.fileno()] = _Line(opened)
        poll.register(opened.fileno(), select.EPOLLIN)
    latencies: list[float] = []
    wrong: list[str] = []
    begun = time.perf_counter()
    ends = begun + told["seconds"]
    waiting = sum(_send(line, requests) for line in lines.values())
    last = begun
    while waiting:
        for number, _ in poll.poll(10):
            line = lines[number]
            answer = _receive(line)
            if answer is None:
                continue
            last = time.perf_counter()
            latencies.append(last - line.sent_at)
            if not answer.startswith(b"HTTP/1.1 201 ") and len(wrong) < _MOST_WRONG:
                wrong.append(answer.decode(errors="replace")[-600:])
            waiting -= 1
            if last < ends and not wrong:
                waiting += _send(line, requests)
    for line in lines.values():
        line.socket.close()
    return _fired(latencies, last - begun, wrong), requests.place


def _send(line: _Line, requests: _Requests) -> int:
    """1 where a request went out, 0 where none is left."""
    request = requests.next()
    if request is None:
        return 0
    line.received = b""
    line.sent_at = time.perf_counter()
    line.socket.sendall(request)
    return 1


def _receive(line: _Line) -> bytes | None:
    """The whole answer, or None while some of it is missing."""
    part = line.socket.recv(65536)
    if not part:
        raise ConnectionError("the server closed a connection")
    line.received += part
    head, found, body = line.received.partition(b"\r\n\r\n")
    if not found:
        return None
    start = head.lower().index(b"content-length:") + 15
    length = int(head[start:].split(b"\r\n", 1)[0])
    return line.received if len(body) >= length else None


def _fired(latencies: list[float], seconds: float, wrong: list[str]) -> Fired:
    ordered = sorted(latencies) or [0.0]
    at = [round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1_000_000) for share in (50, 99)]
    return Fired(len(latencies), seconds, at[0], at[1], tuple(wrong))


if __name__ == "__main__":
    result, place = fire(json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps({**asdict(result), "place": place}))
