"""Two tills at once, each with its own connection: the last point is spent once, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from huiguan.foundation.performing import in_transaction
from huiguan.ledger import facts
from huiguan.ledger.lots import choose
from huiguan.ledger.operations import expire_due, lock_accounts, post_journal, write_sealed
from huiguan.ledger.posting import fold
from huiguan.ledger.proof import prove
from huiguan.ledger.values import BalanceTooLow
from tests.ledger.scenes import LI, POINTS, PROGRAMME, earn, earning, opened, spend, spending, when

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = when("2026-06-01 10:00")
Answer = TypeVar("Answer")


def together(*deeds: Callable[[], Answer]) -> list[Answer]:
    """Do all deeds at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Answer]) -> Answer:
        try:
            start.wait(timeout=10)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result(timeout=30) for each in [pool.submit(run, deed) for deed in deeds]]


def test_the_last_point_is_spent_once() -> None:
    opened()
    earn(1, "2026-03-01")

    def spend_it() -> str:
        try:
            in_transaction(lambda: spend(1, "2026-06-01 10:00"))
        except BalanceTooLow:
            return "refused"
        return "spent"

    assert sorted(together(*[spend_it] * 4)) == ["refused", "refused", "refused", "spent"]
    assert (facts.accounts([LI])[LI].unit(POINTS).balance, facts.accounts([LI])[LI].seq) == (0, 2)
    assert prove(PROGRAMME).findings == ()


def test_batches_over_the_same_members_in_any_order_all_come_through() -> None:
    members = list(range(1, 9))
    opened(*members)

    def batch(order: list[int]) -> int:
        def do() -> int:
            locked, rows, sealed = lock_accounts(order), [], []
            for membership in order:
                account, link = fold(locked[membership], earning(1, JUNE, membership=membership), written_at=JUNE)
                rows.append(account)
                sealed.append((membership, link))
            write_sealed(PROGRAMME, rows, sealed, JUNE)
            return len(sealed)

        return sum(in_transaction(do) for _ in range(5))

    assert together(lambda: batch(members), lambda: batch(members[::-1]), lambda: batch(members[3:])) == [40, 40, 25]
    balances = {m: a.unit(POINTS).balance for m, a in facts.accounts(members).items()}
    assert balances == {1: 10, 2: 10, 3: 10, 4: 15, 5: 15, 6: 15, 7: 15, 8: 15}
    assert prove(PROGRAMME).findings == ()


def test_the_night_and_a_till_on_one_account_leave_sound_books() -> None:
    opened()
    earn(10, "2026-03-01", until="2026-12-31 24:00")
    earn(5, "2026-12-05", until="2027-12-31 24:00")
    new_year = when("2027-01-01 09:00")

    def till() -> int:
        def do() -> int:
            lots = lock_accounts([LI])[LI].unit(POINTS).lots
            journal = spending(choose(lots, 2, new_year), new_year)
            post_journal(membership=LI, journal=journal, written_at=new_year)
            return 2

        return in_transaction(do)

    def night() -> int:
        return expire_due(programme=PROGRAMME, at=new_year)

    assert sum(together(till, night, night)) == 3
    assert facts.accounts([LI])[LI].unit(POINTS).balance == 3
    assert prove(PROGRAMME).findings == ()
