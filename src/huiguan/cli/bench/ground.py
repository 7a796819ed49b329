"""What the benchmarks share: a throw-away folder, the web process as `huiguan serve` runs it, and sales fired at it."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiguan.cli.bench import loading
from huiguan.cli.bench.house import DUE, POINTS, PRODUCTS, SHOP, UNPAID, House
from huiguan.cli.bench.values import Fired
from huiguan.cli.serving.children import web as web_processes
from huiguan.cli.serving.ports import choose_port
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

HOST = "127.0.0.1"
_READY_SECONDS = 60


class LoadRefused(Refusal):
    text = Text(zh="压测中有不该有的答复：{answer}", en="An answer the benchmark did not expect: {answer}")


class WebNotReady(Refusal):
    text = Text(zh="网页进程没有就绪。", en="The web process did not become ready.")


class BooksUnsound(Refusal):
    text = Text(zh="压测之后账目不平：{why}", en="The books are not sound after the run: {why}")


@dataclass(slots=True)
class Range:
    """Which members have not bought yet."""

    next: int
    last: int


def fire(
    house: House,
    port: int,
    left: Range,
    *,
    connections: int,
    seconds: int,
    most: int | None = None,
    points: bool = True,
    due: str | None = None,
) -> Fired:
    """One run of the load over the members who have not bought yet. `due`: what a sale comes to, where it is not the
    usual house's; no points are used there."""
    last = left.last if most is None else min(left.last, left.next + most - 1)
    asked = {
        "host": HOST, "port": port, "path": "/api/v1/sales", "key": house.key, "body": json.dumps(sale(points=points and due is None, due=due, signed=house.signed), ensure_ascii=False),
        "first": left.next, "last": last, "connections": connections, "seconds": seconds,
    }  # fmt: skip
    answer = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.bench.firing"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise LoadRefused(answer=answer.stderr.strip()[-600:])
    told = json.loads(answer.stdout)
    left.next = told.pop("place")
    fired = Fired(**{**told, "wrong": tuple(told["wrong"])})
    if fired.wrong:
        raise LoadRefused(answer=fired.wrong[0])
    return fired


def sale(
    member: int = 0, *, points: bool = True, due: str | None = None, signed: Sequence[str] = ()
) -> dict[str, object]:
    """A sale of three lines, the card shown, with `points` paid first; the zeros of member 0 become the buyer's."""
    return {
        "member": loading.number_of(member),
        "presented": {"card": loading.card_of(member)},
        "shop": SHOP,
        "clerk": "周禾",
        "lines": [{"sku": sku, "quantity": 1} for sku, _ in PRODUCTS],
        "points": POINTS if points else 0,
        "tenders": [{"means": "wechat", "amount": due or (DUE if points else UNPAID)}],
        **({"signed": list(signed)} if signed else {}),
    }


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder of its own, gone afterwards; PostgreSQL's user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="huiguan-bench-"))
    folder.chmod(0o755)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def web(data: Path, url: str) -> Iterator[int]:
    """The web processes as `huiguan serve` starts them; the port they answer on."""
    port = choose_port(host=HOST, port=0, remembered=data / "port")
    environment = {
        "HUIGUAN_DATA": str(data), "DATABASE_URL": url, "HUIGUAN_POOL": "8",
    }  # fmt: skip
    children = web_processes(host=HOST, port=port, environment=environment)
    for child in children:
        child.start()
    try:
        _wait(port)
        yield port
    finally:
        for child in children:
            child.stop()


def _wait(port: int) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        link = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            link.request("GET", "/readyz")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            link.close()
    raise WebNotReady()
