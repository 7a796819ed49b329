"""Folding journals: what an account becomes, what is refused, what is our own mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest

from huiguan.ledger.posting import Unsound, fold
from huiguan.ledger.values import (
    Account,
    BalanceTooLow,
    HoldEvent,
    HoldFact,
    Journal,
    LotTerms,
    Movement,
    UnitState,
    house_address,
    member_address,
)
from huiguan.rules.facts import LotFact
from tests.ledger.scenes import LI, POINTS, account, earning, restoring, spending, when

MARCH, JUNE, YEAR_END = when("2026-03-01 10:00"), when("2026-06-01 10:00"), when("2026-12-31 24:00")
MINE, ISSUED, REDEEMED = member_address(LI, POINTS), house_address(POINTS, "issued"), house_address(POINTS, "redeemed")


def folded(*journals: Journal) -> Account:
    now = account()
    for journal in journals:
        now, _ = fold(now, journal, written_at=journal.at)
    return now


EARNED = folded(earning(94, MARCH, until=YEAR_END))
LOT = LotFact((1, 1), 94, MARCH, YEAR_END)


def test_value_that_arrives_opens_a_lot_with_its_own_life() -> None:
    assert EARNED.units == {POINTS: UnitState(94, 0, (LOT,))}
    assert (EARNED.seq, EARNED.next_due, EARNED.written_at) == (1, YEAR_END, MARCH)


def test_a_spend_takes_from_the_lots_it_names_and_an_empty_lot_is_gone() -> None:
    assert folded_on(EARNED, spending([((1, 1), 60)], JUNE)).units[POINTS].lots == (replace(LOT, left=34),)
    empty = folded_on(EARNED, spending([((1, 1), 94)], JUNE))
    assert empty.units == {POINTS: UnitState()}
    assert empty.next_due is None


def folded_on(now: Account, journal: Journal) -> Account:
    return fold(now, journal, written_at=journal.at)[0]


def test_a_returned_spend_goes_back_to_its_lot_even_when_that_lot_was_emptied() -> None:
    later = earning(5, JUNE)
    empty = folded_on(folded_on(EARNED, spending([((1, 1), 94)], JUNE)), later)
    back = folded_on(empty, restoring([(replace(LOT, left=0), 40)], JUNE, reverses=2))
    assert [(lot.key, lot.left, lot.expires_at) for lot in back.units[POINTS].lots] == [
        ((1, 1), 40, YEAR_END),
        ((3, 1), 5, None),
    ]
    assert back.next_due == YEAR_END
    more = folded_on(back, restoring([(LOT, 54)], JUNE, reverses=2))
    assert more.units[POINTS].lots[0] == LOT


@pytest.mark.parametrize("uses", [[((1, 1), 95)], [((1, 1), 50), ((1, 1), 45)], [((9, 1), 1)]])
def test_a_lot_gives_no_more_than_is_left_in_it(uses: list[tuple[tuple[int, int], int]]) -> None:
    with pytest.raises(BalanceTooLow):
        fold(EARNED, spending(uses, JUNE), written_at=JUNE)


def test_a_dead_lot_cannot_be_spent_and_a_live_one_cannot_expire() -> None:
    with pytest.raises(BalanceTooLow):
        fold(EARNED, spending([((1, 1), 1)], YEAR_END), written_at=YEAR_END)
    with pytest.raises(Unsound, match="does not expire before its end"):
        fold(EARNED, spending([((1, 1), 1)], JUNE, to="expired"), written_at=JUNE)
    assert folded_on(EARNED, spending([((1, 1), 94)], YEAR_END, to="expired")).units[POINTS].balance == 0


def test_a_journal_may_only_count_a_day() -> None:
    counted = Journal(JUNE, ("sale", "S2"), "staff:1", tallies=((date(2026, 6, 1), "visits", 1),))
    after = folded_on(EARNED, counted)
    assert (after.units, after.seq) == (EARNED.units, 2)


def test_the_moment_of_writing_never_runs_backwards_in_a_chain() -> None:
    after, sealed = fold(EARNED, spending([((1, 1), 1)], JUNE), written_at=when("2026-02-01"))
    assert (after.written_at, sealed.written_at) == (MARCH, MARCH)


def test_each_link_covers_its_content_its_place_and_the_link_before() -> None:
    journal = spending([((1, 1), 10)], JUNE)
    _, plain = fold(EARNED, journal, written_at=JUNE)
    _, again = fold(EARNED, journal, written_at=JUNE)
    _, other_actor = fold(EARNED, replace(journal, actor="staff:2"), written_at=JUNE)
    _, other_head = fold(replace(EARNED, head=b"x" * 32), journal, written_at=JUNE)
    _, other_tally = fold(EARNED, replace(journal, tallies=((date(2026, 6, 1), "visits", 1),)), written_at=JUNE)
    assert plain.hash == again.hash
    assert plain.previous == EARNED.head
    assert len({plain.hash, other_actor.hash, other_head.hash, other_tally.hash}) == 4


def test_the_same_moment_in_another_zone_has_the_same_hash() -> None:
    shanghai = earning(1, MARCH)
    utc = earning(1, MARCH.astimezone(UTC))
    assert fold(account(), shanghai, written_at=MARCH)[1].hash == fold(account(), utc, written_at=MARCH)[1].hash


@pytest.mark.parametrize(
    "movement",
    [
        Movement(POINTS, 0, ISSUED, MINE, opens=LotTerms(MARCH)),
        Movement(POINTS, 5, MINE, MINE, opens=LotTerms(MARCH)),
        Movement(POINTS, 5, ISSUED, MINE),
        Movement(POINTS, 5, ISSUED, MINE, opens=LotTerms(MARCH), restores=((LOT, 5),)),
        Movement(POINTS, 5, ISSUED, MINE, restores=((LOT, 4),)),
        Movement(POINTS, 5, ISSUED, MINE, restores=((LOT, 6), (LOT, -1))),
        Movement(POINTS, 5, MINE, REDEEMED, uses=(((1, 1), 4),)),
        Movement(POINTS, 5, MINE, REDEEMED, uses=(((1, 1), 6), ((1, 1), -1))),
        Movement(POINTS, 5, MINE, REDEEMED, opens=LotTerms(MARCH)),
        Movement(POINTS, 5, ISSUED, REDEEMED, uses=(((1, 1), 5),)),
        Movement(POINTS, 5, ISSUED, member_address(LI + 1, POINTS), opens=LotTerms(MARCH)),
        Movement(POINTS, 5, member_address(LI + 1, POINTS), ISSUED),
        Movement(POINTS, 5, ISSUED, member_address(LI, "growth"), opens=LotTerms(MARCH)),
    ],
)
def test_a_journal_that_contradicts_itself_is_our_mistake(movement: Movement) -> None:
    with pytest.raises(Unsound):
        fold(EARNED, Journal(JUNE, ("sale", "S"), "staff:1", movements=(movement,)), written_at=JUNE)


def test_the_house_may_move_value_between_its_own_accounts() -> None:
    move = Movement(POINTS, 6, house_address(POINTS, "claimed"), house_address(POINTS, "clawed"))
    assert folded_on(EARNED, Journal(JUNE, ("return", "T"), "staff:1", movements=(move,))).units == EARNED.units


def test_there_is_no_house_account_of_another_name() -> None:
    with pytest.raises(ValueError, match="no such house account"):
        house_address(POINTS, "gifts")


HELD = folded_on(
    EARNED,
    Journal(JUNE, ("quote", "Q1"), "staff:1", holds=(HoldEvent("placed", POINTS, 60, lapses_at=when("2026-06-02")),)),
)


def test_a_hold_lowers_what_may_be_spent() -> None:
    assert HELD.units[POINTS].holds == (HoldFact((2, 1), 60, JUNE, when("2026-06-02")),)
    assert (HELD.units[POINTS].held, HELD.next_due) == (60, when("2026-06-02"))
    with pytest.raises(BalanceTooLow) as refused:
        fold(HELD, spending([((1, 1), 35)], JUNE), written_at=JUNE)
    assert refused.value.values["has"] == 34
    assert folded_on(HELD, spending([((1, 1), 34)], JUNE)).units[POINTS].balance == 60


def test_a_hold_beyond_what_is_free_is_refused() -> None:
    more = Journal(JUNE, ("quote", "Q2"), "staff:1", holds=(HoldEvent("placed", POINTS, 35),))
    with pytest.raises(BalanceTooLow):
        fold(HELD, more, written_at=JUNE)


def test_a_lapsed_hold_hinders_nobody_even_before_it_is_written_down() -> None:
    at = when("2026-06-02")
    assert folded_on(HELD, spending([((1, 1), 94)], at)).units[POINTS].balance == 0


@pytest.mark.parametrize(
    ("event", "at"),
    [
        (HoldEvent("released", POINTS, 61, (2, 1)), JUNE),
        (HoldEvent("released", POINTS, 1, (9, 1)), JUNE),
        (HoldEvent("lapsed", POINTS, 60, (2, 1)), JUNE),
        (HoldEvent("placed", POINTS, 1, (2, 1)), JUNE),
        (HoldEvent("released", POINTS, 0, (2, 1)), JUNE),
    ],
)
def test_a_hold_ends_once_and_for_no_more_than_it_is(event: HoldEvent, at: object) -> None:
    with pytest.raises(Unsound):
        fold(HELD, Journal(JUNE, ("quote", "Q1"), "staff:1", holds=(event,)), written_at=JUNE)


def test_posting_a_hold_may_spend_what_it_set_aside_and_no_more() -> None:
    post = replace(
        spending([((1, 1), 60)], JUNE), holds=(HoldEvent("posted", POINTS, 60, (2, 1)),), cause=("sale", "S9")
    )
    after = folded_on(HELD, post)
    assert (after.units[POINTS].balance, after.units[POINTS].held) == (34, 0)
    two = folded_on(HELD, Journal(JUNE, ("quote", "Q2"), "staff:1", holds=(HoldEvent("placed", POINTS, 34),)))
    with pytest.raises(BalanceTooLow):
        fold(two, replace(post, movements=spending([((1, 1), 61)], JUNE).movements), written_at=JUNE)
