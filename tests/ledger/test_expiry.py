"""Expiry: due when read, written down at its own moment, each lot only for what is left of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.ledger import facts
from huiguan.ledger.expiry import Stamp, lapses
from huiguan.ledger.lots import settled
from huiguan.ledger.operations import expire_due, lapse_due, lock_accounts, place_hold, write_sealed
from huiguan.ledger.posting import fold
from huiguan.ledger.queries import entries
from huiguan.ledger.values import Journal, UnitState
from tests.ledger.scenes import (
    ACTOR,
    LI,
    POINTS,
    PROGRAMME,
    account,
    earn,
    earning,
    opened,
    restoring,
    spend,
    when,
)

YEAR_END, NEXT_END = when("2026-12-31 24:00"), when("2027-12-31 24:00")


def test_lots_of_one_moment_and_clause_expire_in_one_journal_earliest_first() -> None:
    now = account()
    for i, (day, end) in enumerate([("2026-03-01", NEXT_END), ("2026-04-01", YEAR_END), ("2026-05-01", YEAR_END)]):
        now, _ = fold(now, earning(10 + i, when(day), until=end), written_at=when(day))
    stamps = {(1, 1): Stamp("B55-15", 4), (2, 1): Stamp("B55-14", 3), (3, 1): Stamp("B55-14", 3)}
    first, second = lapses(now, when("2028-01-01"), stamps)
    assert (first.at, first.clause, first.version, first.cause) == (
        YEAR_END, "B55-14", 3, ("expiry", "2026-12-31T16:00:00Z"),
    )  # fmt: skip
    assert first.movements[0].uses == (((2, 1), 11), ((3, 1), 12))
    assert (second.at, second.clause, second.movements[0].amount) == (NEXT_END, "B55-15", 10)
    assert lapses(now, when("2026-12-31 23:59:59"), stamps) == ()


@pytest.mark.django_db
def test_the_night_writes_down_what_was_true_already() -> None:
    opened()
    earn(18, "2026-11-30 23:59", until="2026-12-31 24:00")
    earn(8, "2026-12-01 00:00", until="2027-12-31 24:00")
    spend(5, "2026-12-02 10:00")
    before = facts.accounts([LI])[LI]
    assert settled(before, when("2026-12-31 23:59")).unit(POINTS).balance == 21
    assert settled(before, YEAR_END).unit(POINTS).balance == 8
    assert expire_due(programme=PROGRAMME, at=when("2027-01-03 04:00")) == 1
    after = facts.accounts([LI])[LI]
    assert after.units == settled(before, YEAR_END).units
    newest = entries(actor=ACTOR, membership=LI, unit=POINTS)[0]
    assert (newest.delta, newest.balance, newest.purpose, newest.clause, newest.version) == (
        -13, 8, "expired", "B55-14", 3,
    )  # fmt: skip
    assert (newest.at, newest.written_at) == (YEAR_END, when("2027-01-03 04:00"))


@pytest.mark.django_db
def test_the_night_may_run_twice_and_in_small_batches() -> None:
    members = range(1, 8)
    opened(*members)
    for membership in members:
        earn(membership, "2026-03-01", until="2026-12-31 24:00", membership=membership)
    assert expire_due(programme=PROGRAMME + 1, at=NEXT_END) == 0
    assert expire_due(programme=PROGRAMME, at=when("2026-12-31 23:59:59"), limit=2) == 0
    assert expire_due(programme=PROGRAMME, at=YEAR_END, limit=2) == 7
    assert expire_due(programme=PROGRAMME, at=YEAR_END, limit=2) == 0
    assert {each.unit(POINTS).balance for each in facts.accounts(members).values()} == {0}


@pytest.mark.django_db
def test_a_lot_that_arrives_late_and_dead_clears_in_the_same_batch_as_if_on_time() -> None:
    opened()
    sold, arrived = when("2026-11-30 20:00"), when("2027-01-02 09:00")
    locked = lock_accounts([LI])[LI]
    late, sealed = fold(locked, earning(18, sold, until=YEAR_END), written_at=arrived)
    accounts, due = lapse_due({LI: late}, at=arrived, written_at=arrived, pending=[(LI, sealed)])
    write_sealed(PROGRAMME, [accounts[LI]], [(LI, sealed), *due], arrived)
    lines = entries(actor=ACTOR, membership=LI, unit=POINTS)
    assert [(line.delta, line.at, line.clause) for line in lines] == [(-18, YEAR_END, "B55-14"), (18, sold, "B55-13")]
    assert facts.accounts([LI])[LI] == accounts[LI]
    assert (accounts[LI].unit(POINTS), accounts[LI].next_due) == (UnitState(), None)


@pytest.mark.django_db
def test_a_spend_returned_to_a_dead_lot_lapses_again() -> None:
    opened()
    earn(18, "2026-03-01", until="2026-12-31 24:00")
    spend(18, "2026-06-05")
    back_at = when("2027-01-05")
    (spent,) = facts.spent_lots([(LI, 2)])[(LI, 2)]
    after, sealed = fold(lock_accounts([LI])[LI], restoring([(spent.lot, 6)], back_at, reverses=2), written_at=back_at)
    accounts, due = lapse_due({LI: after}, at=back_at, written_at=back_at)
    write_sealed(PROGRAMME, [accounts[LI]], [(LI, sealed), *due], back_at)
    lines = entries(actor=ACTOR, membership=LI, unit=POINTS)
    assert [(line.delta, line.at) for line in lines[:2]] == [(-6, YEAR_END), (6, back_at)]
    assert [each.returned for each in facts.spent_lots([(LI, 2)])[(LI, 2)]] == [6]


@pytest.mark.django_db
def test_holds_lapse_in_the_night_too() -> None:
    opened()
    earn(10, "2026-03-01")
    head = Journal(when("2026-03-02"), ("quote", "Q1"), "staff:1")
    place_hold(membership=LI, unit=POINTS, amount=4, lapses_at=when("2026-03-03"), head=head, written_at=head.at)
    assert expire_due(programme=PROGRAMME, at=when("2026-03-03")) == 1
    assert facts.accounts([LI])[LI].unit(POINTS).held == 0
    assert facts.accounts([LI])[LI].next_due is None


def test_nothing_due_reads_nothing() -> None:
    now = replace(account(), next_due=NEXT_END)
    assert lapse_due({LI: now}, at=YEAR_END, written_at=YEAR_END) == ({LI: now}, [])
