"""`huiguan bench year-end`: every member's lots die in one night, while the till goes on selling."""

from __future__ import annotations

import resource
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from django.db import connection, connections

from huiguan.cli.bench import floor, loading
from huiguan.cli.bench.ground import BooksUnsound, Range, fire, folder, web
from huiguan.cli.bench.house import House, found
from huiguan.cli.bench.values import Fired, YearEnd
from huiguan.cli.terminal import tell, working
from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.foundation.hands import settle_memory
from huiguan.kernel.text import Text
from huiguan.ledger.proof import prove
from huiguan.nightly.operations import run_due

TILLS = 2  # connections that go on selling
BURST_SECONDS = 3
_PROVE_ALL = 50_000


@dataclass(slots=True)
class _Selling:
    """Sales fired in bursts beside the run, each measured for itself."""

    house: House
    port: int
    left: Range
    bursts: list[Fired] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def burst(self) -> Fired:
        return fire(self.house, self.port, self.left, connections=TILLS, seconds=BURST_SECONDS, points=False)

    def until_over(self) -> None:
        while not self.over.is_set() and self.left.next < self.left.last:
            self.bursts.append(self.burst())


def bench_year_end(*, members: int) -> YearEnd:
    """Load members whose points died at the last year end, clear the copies by plain SQL, then the books by the night's
    own work beside a selling till; prove, throw away."""
    with folder() as data, kept_server(data, name="huiguan bench", tell=tell) as server:
        url = server.home.url()
        use_database(url)
        try:
            return _measured(members, data, url)
        finally:
            connections.close_all()


def _measured(members: int, data: Path, url: str) -> YearEnd:
    house = _loaded(members)
    with working(Text(zh="纯 SQL……", en="Plain SQL…")):
        floor.prepare()
        limit = floor.cleared_per_second(house.now, members)
    with web(data, url) as port:
        selling = _Selling(house, port, Range(1, members))
        selling.burst()  # warm
        settle_memory()
        quiet = selling.burst()
        beside = threading.Thread(target=selling.until_over)
        beside.start()
        with working(Text(zh="年终……", en="The year's end…")):
            begun = time.perf_counter()
            run_due(house.actor.programme, datetime.now(UTC))
            seconds = time.perf_counter() - begun
        selling.over.set()
        beside.join()
    bursts = selling.bursts or [quiet]  # with few members all had bought before
    _prove(house, members)
    cleared = _cleared(house)
    return YearEnd(
        members=members,
        cleared=cleared,
        seconds=round(seconds, 1),
        cleared_per_second=round(cleared / seconds, 1),
        floor_per_second=round(limit, 1),
        times_the_floor=round(limit * seconds / cleared, 2),
        memory_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        till_p99_ms_before=round(quiet.p99_us / 1000, 1),
        till_p99_ms_during=round(median(burst.p99_us for burst in bursts) / 1000, 1),
        till_p99_ms_worst=round(max(burst.p99_us for burst in bursts) / 1000, 1),
    )


def _loaded(members: int) -> House:
    """The points were earned in the autumn before last, and died with that year."""
    with working(Text(zh="正在建立 {members:count} 位会员……", en="Loading {members:count} members…"), members=members):
        migrate()
        house = found()
        loading.load(house, members, lambda count: None, earned_at=datetime(house.now.year - 1, 11, 1, tzinfo=UTC))
    return house


def _cleared(house: House) -> int:
    """Members whose lots the night wrote down; those who bought meanwhile had it done at the till."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_journal WHERE programme_id = %s AND cause_kind = 'expiry'",
            [house.actor.programme],
        )
        return int(cursor.fetchone()[0])


def _prove(house: House, members: int) -> None:
    """Nobody holds a point that died, and nobody lost one twice."""
    with working(Text(zh="正在核账……", en="Proving the books…")), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(amount), 0) FROM ledger_transfer"
            " WHERE programme_id = %s AND credit = 'house:points:expired'",
            [house.actor.programme],
        )
        told = cursor.fetchone()
        if told != (members, members * loading.OPENING):
            raise BooksUnsound(why=f"{members} lots died, {told} are written")
        if members <= _PROVE_ALL:
            for finding in prove(house.actor.programme, most=1).findings:
                raise BooksUnsound(why=str(finding))
