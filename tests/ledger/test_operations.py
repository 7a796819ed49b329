"""Writing the books: what is stored is what was folded, history refuses edits, and the database refuses overdrafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from huiguan.ledger import facts
from huiguan.ledger.holding import HoldEnded
from huiguan.ledger.models import JournalRow, LotRow, LotUseRow, MeasureRow, TransferRow
from huiguan.ledger.operations import (
    AccountMissing,
    AccountMoved,
    lock_accounts,
    open_accounts,
    place_hold,
    post_hold,
    post_journal,
    release_hold,
    write_sealed,
)
from huiguan.ledger.posting import Unsound, fold
from huiguan.ledger.values import BalanceTooLow, Journal, house_address
from huiguan.rules.facts import LotFact
from tests.ledger.scenes import LI, POINTS, PROGRAMME, earn, earning, opened, restoring, spend, spending, when

pytestmark = pytest.mark.django_db
MARCH, JUNE, YEAR_END = when("2026-03-01 10:00"), when("2026-06-01 10:00"), when("2026-12-31 24:00")


def test_an_account_reads_back_exactly_as_it_was_folded() -> None:
    opened()
    written = earn(94, "2026-03-01 10:00", until="2026-12-31 24:00", usable=when("2026-03-08"))
    assert lock_accounts([LI]) == {LI: written}
    assert facts.accounts([LI]) == {LI: written}


def test_opening_an_account_again_leaves_it_as_it_is() -> None:
    opened()
    earn(94, "2026-03-01")
    open_accounts(PROGRAMME, [LI, 9])
    found = facts.accounts([LI, 9, 10])
    assert {membership: account.seq for membership, account in found.items()} == {LI: 1, 9: 0}


def test_a_membership_without_an_account_is_named() -> None:
    with pytest.raises(AccountMissing, match="membership 4711"):
        lock_accounts([4711])


def test_a_batch_writes_every_line_of_every_journal_once() -> None:
    opened(1, 2)
    batch, rows, day = [], [], date(2026, 3, 1)
    for membership, account in lock_accounts([2, 1]).items():
        journal = earning(10, MARCH, membership=membership, tallies=[(day, "spend", 50000), (day, "visits", 1)])
        account, sealed = fold(account, journal, written_at=MARCH)
        more = spending([((1, 1), 4)], MARCH, membership=membership)
        account, second = fold(account, replace(more, tallies=((day, "spend", -100),)), written_at=MARCH)
        rows.append(account)
        batch += [(membership, sealed), (membership, second)]
    write_sealed(PROGRAMME, rows, batch, MARCH)
    assert [JournalRow.objects.count(), TransferRow.objects.count()] == [4, 4]
    assert list(LotRow.objects.values_list("membership_id", "seq", "n", "amount")) == [(1, 1, 1, 10), (2, 1, 1, 10)]
    assert list(LotUseRow.objects.values_list("membership_id", "seq", "lot_seq", "amount")) == [
        (1, 2, 1, 4),
        (2, 2, 1, 4),
    ]
    assert facts.days([1, 2, 3], day) == {
        1: {day: {"spend": 49900, "visits": 1}},
        2: {day: {"spend": 49900, "visits": 1}},
        3: {},
    }
    post_journal(membership=1, journal=earning(1, JUNE, membership=1, tallies=[(day, "spend", 7)]), written_at=JUNE)
    assert MeasureRow.objects.get(membership_id=1, day=day).tallies == {"spend": 49907, "visits": 1}
    assert facts.days([1], date(2026, 3, 2)) == {1: {}}


def test_a_refused_spend_changes_nothing() -> None:
    opened()
    before = earn(10, "2026-03-01")
    with pytest.raises(BalanceTooLow):
        post_journal(membership=LI, journal=spending([((1, 1), 11)], JUNE), written_at=JUNE)
    assert facts.accounts([LI]) == {LI: before}


def test_an_account_folded_without_its_lock_is_not_written() -> None:
    opened()
    stale = earn(10, "2026-03-01")
    spend(1, "2026-03-02")
    account, sealed = fold(stale, earning(5, JUNE), written_at=JUNE)
    with pytest.raises((AccountMoved, IntegrityError)), transaction.atomic():
        write_sealed(PROGRAMME, [account], [(LI, sealed)], JUNE)
    assert facts.accounts([LI])[LI].unit(POINTS).balance == 9


def test_a_lot_gets_back_no_more_than_was_taken_and_only_under_its_own_terms() -> None:
    opened()
    earn(10, "2026-03-01", until="2026-12-31 24:00")
    spend(6, "2026-03-02")
    lot = LotFact((1, 1), 0, when("2026-03-01"), YEAR_END)
    for wrong in (
        restoring([(lot, 7)], JUNE, reverses=2),
        restoring([(LotFact((5, 1), 0, JUNE, None), 1)], JUNE, reverses=2),
    ):
        with pytest.raises(Unsound, match="given back more"), transaction.atomic():
            post_journal(membership=LI, journal=wrong, written_at=JUNE)
    assert post_journal(
        membership=LI, journal=restoring([(lot, 6)], JUNE, reverses=2), written_at=JUNE
    ).unit(POINTS).balance == 10  # fmt: skip


@pytest.mark.parametrize("table", ["ledger_journal", "ledger_transfer", "ledger_lot", "ledger_lot_use", "ledger_hold"])
@pytest.mark.parametrize("edit", ["UPDATE {} SET programme_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_refuses_every_edit(table: str, edit: str) -> None:
    opened()
    earn(10, "2026-03-01")
    spend(1, "2026-03-02")
    head = Journal(when("2026-03-02"), ("quote", "Q1"), "staff:1")
    place_hold(membership=LI, unit=POINTS, amount=4, lapses_at=None, head=head, written_at=head.at)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(edit.format(table))


@pytest.mark.parametrize(
    "units",
    [
        '{"points": {"balance": -1, "held": 0, "lots": []}}',
        '{"points": {"balance": 0, "held": -1, "lots": []}}',
        '{"points": {"balance": 0, "held": 0, "lots": [[1, 1, -1, "2026-03-01", null, null]]}}',
        '{"points": {"balance": 0, "held": 0, "lots": [], "holds": [[1, 1, -1, "2026-03-01", null]]}}',
    ],
)
def test_the_database_refuses_an_account_below_nought(units: str) -> None:
    opened()
    refused = pytest.raises(IntegrityError, match="ledger_account_never_negative")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET units = %s WHERE membership_id = %s", [units, LI])


def test_a_hold_is_posted_in_part_and_the_rest_released_or_kept() -> None:
    opened()
    earn(10, "2026-03-01")
    head = Journal(when("2026-03-02"), ("quote", "Q1"), "staff:1", clause="B55-20")
    to = house_address(POINTS, "redeemed")
    hold = place_hold(membership=LI, unit=POINTS, amount=8, lapses_at=None, head=head, written_at=head.at)
    kept = post_hold(
        membership=LI, hold=hold.key, credit=to, amount=3, keep_rest=True, head=head, written_at=head.at
    ).unit(POINTS)  # fmt: skip
    assert (kept.balance, kept.held) == (7, 5)
    gone = post_hold(membership=LI, hold=hold.key, credit=to, amount=1, head=head, written_at=head.at).unit(POINTS)
    assert (gone.balance, gone.held, gone.holds) == (6, 0, ())
    with pytest.raises(HoldEnded):
        release_hold(membership=LI, hold=hold.key, head=head, written_at=head.at)


def test_a_hold_is_released_in_parts_and_ends_with_its_time() -> None:
    opened()
    earn(10, "2026-03-01")
    head = Journal(when("2026-03-02"), ("quote", "Q1"), "staff:1")
    hold = place_hold(
        membership=LI, unit=POINTS, amount=8, lapses_at=when("2026-03-03"), head=head, written_at=head.at
    )  # fmt: skip
    left = release_hold(membership=LI, hold=hold.key, amount=3, head=head, written_at=head.at)
    assert left.unit(POINTS).held == 5
    with pytest.raises(HoldEnded) as refused:
        release_hold(membership=LI, hold=hold.key, amount=6, head=head, written_at=head.at)
    assert refused.value.values["left"] == 5
    late = replace(head, at=when("2026-03-03"))
    with pytest.raises(HoldEnded):
        post_hold(membership=LI, hold=hold.key, credit=house_address(POINTS, "redeemed"), head=late, written_at=late.at)
