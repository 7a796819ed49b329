"""Questions: balances and lots at any moment, the entries of a member's page, and who may ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from huiguan.kernel.actors import system
from huiguan.kernel.refusals import NotFound
from huiguan.ledger import facts
from huiguan.ledger.lots import available
from huiguan.ledger.operations import expire_due, place_hold, post_journal
from huiguan.ledger.queries import (
    accounts,
    balance_history_at,
    balances_at,
    entries,
    entry_count,
    lots_at,
    measure_days,
)
from huiguan.ledger.values import Entry, Journal, LotUse, OpenedLot
from tests.ledger.scenes import ACTOR, LI, POINTS, PROGRAMME, earn, earning, opened, restoring, spend, when

pytestmark = pytest.mark.django_db
YEAR_END, NEXT_END = when("2026-12-31 24:00"), when("2027-12-31 24:00")


def year() -> None:
    """Li earns 18 in November and 8 in December, spends 5 in between, and the night has not run yet."""
    opened()
    earn(18, "2026-11-30 23:59", until="2026-12-31 24:00", ref="HB1-1130-0019")
    spend(5, "2026-12-02 10:00")
    earn(8, "2026-12-12 14:36", until="2027-12-31 24:00", ref="HB2-1212-0047")


def balance(at: str) -> int:
    return balances_at(actor=ACTOR, membership=LI, at=when(at)).get(POINTS, -1)


def test_a_balance_at_a_moment_is_the_same_before_and_after_the_night() -> None:
    year()
    moments = ["2026-11-30 23:58", "2026-11-30 23:59", "2026-12-02 09:59", "2026-12-02 10:00", "2026-12-12 14:36",
               "2026-12-31 23:59", "2026-12-31 24:00", "2027-12-31 23:59", "2027-12-31 24:00"]  # fmt: skip
    before = [balance(at) for at in moments]
    assert before == [-1, 18, 18, 13, 21, 21, 8, 8, 0]
    assert expire_due(programme=PROGRAMME, at=when("2027-01-02 04:00")) == 1
    assert [balance(at) for at in moments] == before


def test_lots_at_a_moment_have_what_was_left_then() -> None:
    year()
    expire_due(programme=PROGRAMME, at=when("2027-01-02 04:00"))
    held = lots_at(actor=ACTOR, membership=LI, unit=POINTS, at=when("2026-12-31 23:59"))
    assert [(lot.key, lot.left, lot.expires_at) for lot in held] == [((1, 1), 13, YEAR_END), ((3, 1), 8, NEXT_END)]
    assert [lot.left for lot in lots_at(actor=ACTOR, membership=LI, unit=POINTS, at=YEAR_END)] == [8]


def test_what_the_books_said_then_leaves_out_what_they_learnt_later() -> None:
    year()
    sold, learnt = when("2026-12-01"), when("2027-01-10")
    post_journal(membership=LI, journal=earning(4, sold, until=NEXT_END), written_at=learnt)
    at = when("2026-12-31")
    assert balances_at(actor=ACTOR, membership=LI, at=at) == {POINTS: 25}
    assert balance_history_at(actor=ACTOR, membership=LI, unit=POINTS, at=at, as_written=at) == 21
    assert balance_history_at(actor=ACTOR, membership=LI, unit=POINTS, at=at, as_written=learnt) == 25


def test_entries_are_newest_first_and_say_where_each_came_from() -> None:
    year()
    newest, spent, first = entries(actor=ACTOR, membership=LI, unit=POINTS)
    december = when("2026-12-12 14:36")
    assert newest == Entry(
        seq=3, n=1, unit=POINTS, delta=8, balance=21, purpose="issued", cause=("sale", "HB2-1212-0047"),
        clause="B55-13", version=3, actor="staff:1", at=december, written_at=december, reverses=None,
        lot=OpenedLot((3, 1), 8, 0, 0, december, None, NEXT_END, "B55-14"), uses=(), intact=True,
    )  # fmt: skip
    assert (spent.delta, spent.balance, spent.purpose, spent.lot) == (-5, 13, "redeemed", None)
    assert spent.uses == (LotUse((1, 1), 5, when("2026-11-30 23:59"), YEAR_END),)
    assert (first.lot.used, first.lot.expired) == (5, 0) if first.lot else False
    assert entry_count(actor=ACTOR, membership=LI, unit=POINTS) == 3


def test_entries_come_in_pages() -> None:
    year()
    first = entries(actor=ACTOR, membership=LI, unit=POINTS, limit=2)
    rest = entries(actor=ACTOR, membership=LI, unit=POINTS, after=(first[-1].seq, first[-1].n), limit=2)
    assert [(each.seq, each.balance) for each in (*first, *rest)] == [(3, 21), (2, 13), (1, 18)]


def test_an_entry_given_back_shows_it_and_a_lot_shows_what_expired_of_it() -> None:
    year()
    (use,) = facts.spent_lots([(LI, 2)])[(LI, 2)]
    back = when("2026-12-20")
    post_journal(membership=LI, journal=restoring([(use.lot, 2)], back, reverses=2), written_at=back)
    expire_due(programme=PROGRAMME, at=YEAR_END)
    lapsed, returned, *_, first = entries(actor=ACTOR, membership=LI, unit=POINTS)
    assert (lapsed.delta, lapsed.balance, returned.delta, returned.reverses) == (-15, 8, 2, 2)
    assert returned.uses == (LotUse((1, 1), -2, when("2026-11-30 23:59"), YEAR_END),)
    assert first.lot and (first.lot.used, first.lot.expired) == (18, 15)


def test_an_entry_that_was_tampered_with_is_not_intact_and_the_others_are() -> None:
    year()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_transfer SET amount = 6 WHERE seq = 2")
        cursor.execute("SET session_replication_role = origin")
    assert [each.intact for each in entries(actor=ACTOR, membership=LI, unit=POINTS)] == [True, False, True]


def test_spent_lots_tell_what_is_still_out() -> None:
    opened()
    earn(3, "2026-03-01", until="2026-12-31 24:00")
    earn(4, "2026-04-01")
    spend(5, "2026-05-01")
    assert [(each.lot.key, each.amount, each.returned) for each in facts.spent_lots([(LI, 3)])[(LI, 3)]] == [
        ((1, 1), 3, 0),
        ((2, 1), 2, 0),
    ]
    assert facts.spent_lots([(LI, 1), (LI, 99)]) == {(LI, 1): (), (LI, 99): ()}


def test_what_lapsed_of_a_journals_lots_is_known_once_written_down() -> None:
    year()
    assert facts.lapsed_units((LI, 1)) == {}
    expire_due(programme=PROGRAMME, at=YEAR_END)
    assert facts.lapsed_units((LI, 1)) == {POINTS: 13}
    assert facts.lapsed_units((LI, 3)) == {}


def test_measures_are_read_per_day() -> None:
    opened()
    tallies = [(date(2026, 3, 1), "spend", 5000), (date(2026, 3, 4), "visits", 1)]
    earn(1, "2026-03-01", tallies=tallies)
    asked = measure_days(actor=ACTOR, memberships=[LI], since=date(2026, 3, 2))
    assert asked == {LI: {date(2026, 3, 4): {"visits": 1}}}


def test_the_sql_columns_say_what_the_batch_loader_says() -> None:
    year()
    head = Journal(when("2026-12-13"), ("quote", "Q1"), "staff:1")
    place_hold(membership=LI, unit=POINTS, amount=4, lapses_at=YEAR_END, head=head, written_at=head.at)
    earn(7, "2026-12-14", usable=when("2027-01-05"), tallies=[(date(2026, 12, 14), "spend", 300)])
    state = facts.accounts([LI])[LI].unit(POINTS)
    for at in map(when, ["2026-12-14", "2026-12-31 23:59", "2026-12-31 24:00", "2027-01-05", "2028-01-01"]):
        with connection.cursor() as cursor:
            given = {
                "unit": POINTS,
                "at": at,
                "measure": "spend",
                "first": date(2026, 12, 1),
                "last": date(2026, 12, 31),
            }
            columns = f"{facts.AVAILABLE_COLUMN}, {facts.MEASURE_COLUMN}"
            cursor.execute(f"SELECT {columns} FROM ledger_account AS account WHERE membership_id = {LI}", given)
            assert cursor.fetchone() == (available(state, at), 300)


def test_an_actor_sees_the_memberships_of_her_programme_and_a_member_her_own() -> None:
    year()
    other_programme = system(PROGRAMME + 1)
    her, another = (replace(ACTOR, kind="member", membership=each) for each in (LI, LI + 1))
    assert set(accounts(actor=her, memberships=[LI])) == {LI}
    assert accounts(actor=another, memberships=[LI]) == accounts(actor=other_programme, memberships=[LI]) == {}
    assert entries(actor=other_programme, membership=LI, unit=POINTS) == ()
    with pytest.raises(NotFound):
        entries(actor=another, membership=LI, unit=POINTS)
