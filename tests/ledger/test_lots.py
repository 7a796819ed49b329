"""Which lots a spend takes, what is taken back, what is given back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.ledger.lots import available, choose, claw, due, give_back, next_due, settled
from huiguan.ledger.values import BalanceTooLow, HoldFact, SpentLot, UnitState
from huiguan.rules.facts import LotFact
from tests.ledger.scenes import account, when

MARCH, MAY, JUNE = when("2026-03-01 10:00"), when("2026-05-01 10:00"), when("2026-06-01 10:00")
YEAR_END, NEXT_END = when("2026-12-31 24:00"), when("2027-12-31 24:00")
OLD = LotFact((1, 1), 10, MARCH, NEXT_END)
NEW = LotFact((2, 1), 20, MAY, YEAR_END)


def test_the_oldest_lot_goes_first() -> None:
    assert choose([NEW, OLD], 15, JUNE) == (((1, 1), 10), ((2, 1), 5))


def test_or_the_one_that_dies_soonest() -> None:
    assert choose([OLD, NEW], 25, JUNE, order="soonest") == (((2, 1), 20), ((1, 1), 5))


def test_a_lot_without_an_end_dies_last() -> None:
    forever = replace(OLD, expires_at=None)
    assert choose([forever, NEW], 5, JUNE, order="soonest") == (((2, 1), 5),)


def test_preferred_lots_go_before_the_order() -> None:
    assert choose([OLD, NEW], 25, JUNE, prefer=[(2, 1)]) == (((2, 1), 20), ((1, 1), 5))


def test_too_little_is_refused_with_both_figures() -> None:
    with pytest.raises(BalanceTooLow) as refused:
        choose([OLD, NEW], 31, JUNE)
    assert refused.value.values == {"unit": "points", "has": 30, "needs": 31, "short": 1}
    assert refused.value.say("zh") == "可用 30，需 31，差 1。"


@pytest.mark.parametrize(("at", "spendable"), [("2026-12-31 23:59:59", 30), ("2026-12-31 24:00", 10)])
def test_a_lot_is_spendable_until_just_before_its_end(at: str, spendable: int) -> None:
    assert available(UnitState(30, 0, (OLD, NEW)), when(at)) == spendable
    with pytest.raises(BalanceTooLow):
        choose([OLD, NEW], spendable + 1, when(at))


def test_value_not_usable_yet_cannot_be_spent_but_is_taken_back_first() -> None:
    pending = replace(NEW, usable_from=when("2026-06-08"))
    with pytest.raises(BalanceTooLow):
        choose([OLD, pending], 11, JUNE)
    assert claw([OLD, pending], 25, JUNE) == ((((2, 1), 20), ((1, 1), 5)), 0)


def test_a_claw_back_takes_the_sales_own_lots_then_others_and_tells_what_it_lacks() -> None:
    assert claw([OLD, NEW], 22, JUNE, prefer=[(2, 1)]) == ((((2, 1), 20), ((1, 1), 2)), 0)
    assert claw([OLD, NEW], 37, JUNE) == ((((1, 1), 10), ((2, 1), 20)), 7)
    assert claw([NEW], 5, YEAR_END) == ((), 5)


def test_holds_lower_what_is_available_until_they_lapse() -> None:
    hold = HoldFact((3, 1), 12, JUNE, when("2026-06-02"))
    state = UnitState(30, 12, (OLD, NEW), (hold,))
    assert available(state, JUNE) == 18
    assert available(state, when("2026-06-02")) == 30


def test_what_was_taken_last_goes_back_first_so_parts_end_where_the_whole_does() -> None:
    spent = (SpentLot("points", OLD, 10, 0), SpentLot("points", NEW, 5, 0))
    assert give_back(spent, 7) == ((NEW, 5), (OLD, 2))
    later = (SpentLot("points", OLD, 10, 2), SpentLot("points", NEW, 5, 5))
    assert give_back(later, 8) == ((OLD, 8),)
    with pytest.raises(ValueError, match="1 more to give back"):
        give_back(later, 9)


def test_an_account_reads_at_a_moment_as_if_what_was_due_had_been_written() -> None:
    hold = HoldFact((3, 1), 4, JUNE, when("2026-07-01"))
    state = UnitState(30, 4, (OLD, NEW), (hold,))
    whole = replace(account(), units={"points": state}, next_due=next_due([state]))
    assert whole.next_due == when("2026-07-01")
    assert settled(whole, JUNE) is whole
    assert settled(whole, YEAR_END).units == {"points": UnitState(10, 0, (OLD,))}
    assert settled(whole, YEAR_END).next_due == NEXT_END
    assert due(whole, YEAR_END) == (("points", NEW),)
    assert due(whole, NEXT_END) == (("points", NEW), ("points", OLD))


def test_an_unknown_order_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="no such order"):
        choose([OLD], 1, JUNE, order="newest")
