"""`huiguan bench checkout`, from an empty folder to the figures."""

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

from django.db import connection, connections

from huiguan.cli.bench import loading, raw
from huiguan.cli.bench.house import DUE, POINTS, PRODUCTS, SHOP, House, found
from huiguan.cli.bench.values import Fired, Measured
from huiguan.cli.serving.children import web
from huiguan.cli.serving.ports import choose_port
from huiguan.cli.terminal import tell, working
from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove

HOST = "127.0.0.1"
WARM_UP = 200  # sales before anything is measured
_PROVE_ALL = 50_000  # members up to which the whole books are proved afterwards; beyond, a sample's chains
_SAMPLE = 500
_READY_SECONDS = 60


class LoadRefused(Refusal):
    text = Text(zh="压测中有不该有的答复：{answer}", en="An answer the benchmark did not expect: {answer}")


class WebNotReady(Refusal):
    text = Text(zh="网页进程没有就绪。", en="The web process did not become ready.")


class BooksUnsound(Refusal):
    text = Text(zh="压测之后账目不平：{why}", en="The books are not sound after the run: {why}")


@dataclass(slots=True)
class _Range:
    """Which members have not bought yet."""

    next: int
    last: int


def bench_checkout(*, members: int, seconds: int, connection_counts: Sequence[int]) -> list[Measured]:
    """Load, run, prove, throw away. Each count of connections is measured raw first, then over HTTP."""
    with _folder() as data, kept_server(data, name="huiguan bench", tell=tell) as server:
        url = server.home.url()
        use_database(url)
        try:
            house = _loaded(members)
            with _web(data, url) as port:
                left = _Range(1, members)
                _fire(house, port, left, connections=4, seconds=30, most=WARM_UP)
                documents = raw.prepare(sample=1)
                told = [
                    _measured(
                        house,
                        raw.limit(url, documents, connections=each, seconds=seconds, members=members),
                        port,
                        left,
                        each,
                        seconds,
                    )
                    for each in connection_counts
                ]
            _prove(house, left)
            return told
        finally:
            connections.close_all()


def _loaded(members: int) -> House:
    with working(Text(zh="正在建立 {members:count} 位会员……", en="Loading {members:count} members…"), members=members):
        migrate()
        house = found()
        loading.load(house, members, lambda count: None)
    return house


def _measured(house: House, limit: float, port: int, left: _Range, connections: int, seconds: int) -> Measured:
    with working(Text(zh="{n} 个连接……", en="{n} connections…"), n=connections):
        fired = _fire(house, port, left, connections=connections, seconds=seconds)
    return Measured(
        connections=connections,
        requests_per_second=round(fired.per_second, 1),
        p50_ms=round(fired.p50_us / 1000, 2),
        p99_ms=round(fired.p99_us / 1000, 2),
        limit_per_second=round(limit, 1),
        ratio=round(fired.per_second / limit, 3),
    )


def _fire(house: House, port: int, left: _Range, *, connections: int, seconds: int, most: int | None = None) -> Fired:
    """One run of the load over the members who have not bought yet."""
    last = left.last if most is None else min(left.last, left.next + most - 1)
    asked = {
        "host": HOST, "port": port, "path": "/api/v1/sales", "key": house.key, "body": _body(),
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


def _body() -> str:
    """A sale of three lines, the card shown, points paid first; the zeros become the member's."""
    return json.dumps(
        {
            "member": loading.number_of(0),
            "presented": {"card": loading.card_of(0)},
            "shop": SHOP,
            "clerk": "周禾",
            "lines": [{"sku": sku, "quantity": 1} for sku, _ in PRODUCTS],
            "points": POINTS,
            "tenders": [{"means": "wechat", "amount": DUE}],
        },
        ensure_ascii=False,
    )


@contextmanager
def _folder() -> Iterator[Path]:
    """A data folder of its own, gone afterwards; PostgreSQL's user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="huiguan-bench-"))
    folder.chmod(0o755)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _web(data: Path, url: str) -> Iterator[int]:
    """The web process as `huiguan serve` starts it; the port it answers on."""
    port = choose_port(host=HOST, port=0, remembered=data / "port")
    environment = {
        "HUIGUAN_DATA": str(data), "DATABASE_URL": url, "HUIGUAN_POOL": "8", "HUIGUAN_SERVED": "1",
    }  # fmt: skip
    child = web(host=HOST, port=port, environment=environment)
    child.start()
    try:
        _wait(port)
        yield port
    finally:
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


def _prove(house: House, left: _Range) -> None:
    """Every answered sale is in the books, and the books are sound."""
    with working(Text(zh="正在核账……", en="Proving the books…")):
        sold = left.next - 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT membership_id) FROM checkout_sale")
            if cursor.fetchone() != (sold, sold):
                raise BooksUnsound(why=f"{sold} sales were answered, others are recorded")
        if left.last <= _PROVE_ALL:
            for finding in prove(house.actor.programme, most=1).findings:
                raise BooksUnsound(why=str(finding))
            return
        for member in range(1, left.last, max(1, left.last // _SAMPLE)):
            entries = ledger.entries(actor=house.actor, membership=member, unit="points")
            if not all(entry.intact for entry in entries):
                raise BooksUnsound(why=loading.number_of(member))
