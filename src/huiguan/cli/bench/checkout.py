"""`huiguan bench checkout`, from an empty folder to the figures."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, connections

from huiguan.cli.bench import loading, raw
from huiguan.cli.bench.ground import BooksUnsound, Range, fire, folder, sale, web
from huiguan.cli.bench.house import USUAL, House, due_of, found
from huiguan.cli.bench.values import Measured
from huiguan.cli.terminal import tell, working
from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove

WARM_UP = 200  # sales before anything is measured
_PROVE_ALL = 50_000  # members up to which the whole books are proved afterwards; beyond, a sample's chains
_SAMPLE = 500


def bench_checkout(
    *, members: int, seconds: int, connection_counts: Sequence[int], rulebook: str = USUAL
) -> list[Measured]:
    """Load, run, prove, throw away. Each count of connections is measured raw first, then over HTTP."""
    with folder() as data, kept_server(data, name="huiguan bench", tell=tell) as server:
        url = server.home.url()
        use_database(url)
        try:
            house = _loaded(members, rulebook)
            due = None if house.usual else due_of(house, sale(1, points=False, signed=house.signed))
            with web(data, url) as port:
                left = Range(1, members)
                fire(house, port, left, connections=4, seconds=30, most=WARM_UP, due=due)
                documents = raw.prepare(sample=1)
                told = [
                    _measured(
                        house,
                        raw.limit(url, documents, connections=each, seconds=seconds, members=members),
                        port,
                        left,
                        each,
                        seconds,
                        due,
                    )
                    for each in connection_counts
                ]
            _prove(house, left)
            return told
        finally:
            connections.close_all()


def _loaded(members: int, rulebook: str) -> House:
    with working(Text(zh="正在建立 {members:count} 位会员……", en="Loading {members:count} members…"), members=members):
        migrate()
        house = found(rulebook)
        loading.load(house, members, lambda count: None)
    return house


def _measured(
    house: House, limit: float, port: int, left: Range, connections: int, seconds: int, due: str | None
) -> Measured:
    with working(Text(zh="{n} 个连接……", en="{n} connections…"), n=connections):
        fired = fire(house, port, left, connections=connections, seconds=seconds, due=due)
    return Measured(
        connections=connections,
        requests_per_second=round(fired.per_second, 1),
        p50_ms=round(fired.p50_us / 1000, 2),
        p99_ms=round(fired.p99_us / 1000, 2),
        limit_per_second=round(limit, 1),
        ratio=round(fired.per_second / limit, 3),
    )


def _prove(house: House, left: Range) -> None:
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
