"""`huiguan bench simulation`: another rulebook tried on a season of sales, beside reading the same sales plainly.

A few hundred members buy through the till itself; what the till wrote for them is copied for all the others inside the
database, so that every sale is one that was really decided.
"""

from __future__ import annotations

import resource
import time
from datetime import date, datetime, timedelta
from random import Random

import msgspec
from django.db import connection, connections

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput, SimulateInput
from huiguan.checkout.values import SaleView
from huiguan.cli.bench import loading
from huiguan.cli.bench.ground import LoadRefused, folder
from huiguan.cli.bench.house import PRODUCTS, SHOP, House, found, rulebook
from huiguan.cli.bench.loading import card_of, number_of
from huiguan.cli.bench.values import Simulated
from huiguan.cli.terminal import counting, tell, working
from huiguan.foundation import clock
from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text

PATTERN = 250  # members who really buy
EACH = 4  # sales of a member
SEASON = 60  # days
PROCESSES = 2
_RANGE = 4000  # members read at once, plainly
_COPIED = (
    "checkout_sale", "ledger_journal", "ledger_transfer", "ledger_lot", "ledger_lot_use", "ledger_measure",
    "members_change",
)  # fmt: skip
_COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
_OWN = {  # columns that name the member
    "membership_id": "membership_id + {far}",
    "debit": "replace(debit, 'member:' || membership_id || ':', 'member:' || (membership_id + {far}) || ':')",
    "credit": "replace(credit, 'member:' || membership_id || ':', 'member:' || (membership_id + {far}) || ':')",
    "cause_ref": "(membership_id + {far}) || '-' || split_part(cause_ref, '-', 2)",
    "cause": "'sale:' || (membership_id + {far}) || '-' || split_part(cause, '-', 2)",
}
_WRITTEN_BY_SALES = {
    "checkout_sale": "true",
    "ledger_measure": "true",
    "members_change": "cause LIKE 'sale:%%'",
}
_PLAINLY = """
SELECT membership_id, seq, at, written_at, shop_id, version, paid, document::text FROM checkout_sale
WHERE programme_id = %s AND membership_id > %s AND membership_id <= %s ORDER BY membership_id, seq
"""


def bench_simulation(*, sales: int) -> Simulated:
    """Load, read plainly, try a rulebook with another rate and threshold, throw away."""
    members = max(PATTERN, -(-sales // EACH))
    with folder() as data, kept_server(data, name="huiguan bench", tell=tell) as server:
        use_database(server.home.url())
        try:
            told = Text(
                zh="正在建立 {members:count} 位会员的销售……", en="Loading the sales of {members:count} members…"
            )
            with working(told, members=members):
                migrate()
                house = found()
                loading.load(house, members, lambda count: None, earned_at=house.now - timedelta(days=2 * SEASON))
                _buy(house)
                _copy(members)
            with working(Text(zh="正在读……", en="Reading…")):
                plainly = _read_plainly(house, members)
            return _simulated(house, plainly)
        finally:
            connections.close_all()


def _buy(house: House) -> None:
    """The pattern: baskets of one to three lines, the card shown, points paid now and then, over a season."""
    dice = Random(25)
    for turn in range(EACH):
        at = house.now - timedelta(days=SEASON - turn * SEASON // EACH)
        asked = [_sale(dice, member, turn) for member in range(1, PATTERN + 1)]
        for answer in checkout.commit_sales(actor=house.actor, at=at, sales=asked):
            if not isinstance(answer, SaleView):
                raise LoadRefused(answer=answer.say("en"))


def _sale(dice: Random, member: int, turn: int) -> SaleInput:
    lines = [{"sku": sku, "quantity": dice.randint(1, 2)} for sku, _ in PRODUCTS[: dice.randint(1, 3)]]
    asked = {
        "member": number_of(member), "presented": {"card": card_of(member)}, "shop": SHOP, "lines": lines,
        "points": 20 if turn % 3 == 0 and dice.random() < 0.5 else 0, "key": f"{member}-{turn}",
    }  # fmt: skip
    return read(SaleInput, asked)


def _copy(members: int) -> None:
    """What was written for the pattern, written for everybody."""
    with connection.cursor() as cursor:
        for table in _COPIED:
            cursor.execute(_COLUMNS, [table])
            columns = [row[0] for row in cursor.fetchall()]
            chosen = ", ".join(f'"{name}"' for name in columns)
            far = f"times * {PATTERN}"
            values = ", ".join(_OWN.get(name, f'"{name}"').format(far=far) for name in columns)
            where = _WRITTEN_BY_SALES.get(table, "seq > 1")  # a member's first journal is her opening
            cursor.execute(
                f"INSERT INTO {table} ({chosen}) SELECT {values} FROM {table}, generate_series(1, %s) AS times"
                f" WHERE membership_id BETWEEN 1 AND %s AND {where} AND membership_id + {far} <= %s",
                [members // PATTERN, PATTERN, members],
            )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _read_plainly(house: House, members: int) -> float:
    """Seconds to fetch every sale with its document and decode it, in ranges, by one process."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for after in range(0, members, _RANGE):
            cursor.execute(_PLAINLY, [house.actor.programme, after, after + _RANGE])
            for row in cursor.fetchall():
                msgspec.json.decode(row[-1])
    return time.perf_counter() - begun


def _simulated(house: House, plainly: float) -> Simulated:
    """Three points instead of two, diamond from 8,000: everybody is moved."""
    source = rulebook().replace("    give: 2\n", "    give: 3\n").replace("reach: 10000.00", "reach: 8000.00")
    given = read(SimulateInput, {"source": source, "from": _day(house.now, SEASON), "until": _day(house.now, 0)})
    at = clock.now()
    begun = time.perf_counter()
    asked = checkout.start_simulation(actor=house.actor, at=at, given=given, by_worker=False)
    with counting(Text(zh="正在试算……", en="Judging again…")) as report:
        checkout.run_simulation(asked.number, processes=PROCESSES, clock=clock.now, report=report)
    seconds = time.perf_counter() - begun
    view = queries.simulation(house.actor, asked.number)
    if view.state != "done" or view.done != view.sales:
        raise LoadRefused(answer=f"{view.state}: {view.done} of {view.sales}")
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Simulated(
        sales=view.sales,
        members=view.members,
        movers=view.movers,
        seconds=round(seconds, 1),
        sales_per_second=round(view.sales / seconds),
        read_plainly_seconds=round(plainly, 1),
        times_plain_reading=round(seconds / plainly, 1),
        memory_mib=most // 1024,
    )


def _day(now: datetime, back: int) -> str:
    day: date = (now - timedelta(days=back + 1 if back else 0)).date()
    return day.isoformat()
