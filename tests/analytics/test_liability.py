"""What units are owed for, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.analytics.liability import ALL, Cohort, Deferred, deferred

YUAN = 100


def test_the_textbook_s_points() -> None:
    """100,000 of goods with 10,000 points of 1, 95 % expected to be used: 9,500 / 109,500 of it is set aside, 8,675.80.
    4,500 used of 9,500: 4,109.59. A year on 8,500 used, 9,700 now expected: 7,602.51 in all."""
    expected = Fraction(95, 100)
    first = deferred(Cohort(100_000 * YUAN, 10_000, 4_500, 0, Fraction(YUAN)), expected)
    assert first == Deferred(set_aside=867_580, earned=410_959)
    second = deferred(Cohort(100_000 * YUAN, 10_000, 8_500, 0, Fraction(YUAN)), expected, Fraction(97, 100))
    assert second == Deferred(set_aside=867_580, earned=760_251)
    assert (first.owed, second.owed) == (456_621, 107_329)


@pytest.mark.parametrize(
    ("cohort", "earned"),
    [
        (Cohort(100_00, 10, 0, 0, Fraction(100)), 0),  # 1,000 of 11,000: 909 set aside, nothing used
        (Cohort(100_00, 10, 4, 6, Fraction(100)), 909),  # nothing left: what died unused is earned too
        (Cohort(100_00, 10, 9, 0, Fraction(100)), 818),  # 909 × 9/10
        (Cohort(100_00, 10, 10, 0, Fraction(100)), 909),
    ],
)
def test_it_is_earned_as_units_go(cohort: Cohort, earned: int) -> None:
    assert deferred(cohort) == Deferred(909, earned)


def test_more_used_than_expected_is_all_that_is_expected() -> None:
    """6 of 10 used where 5 were expected: the sixth shows that six are to be expected, and all is earned."""
    assert deferred(Cohort(100_00, 10, 6, 0, Fraction(100)), Fraction(1, 2)) == Deferred(476, 476)


def test_units_that_came_with_nothing_paid_owe_nothing() -> None:
    """An opening balance or a gift has no price to share."""
    assert deferred(Cohort(0, 500, 100, 0, Fraction(100))) == Deferred(0, 0)
    assert deferred(Cohort(5_000, 0, 0, 0, Fraction(100))) == Deferred(0, 0)
    assert deferred(Cohort(5_000, 50, 0, 0, Fraction(0))) == Deferred(0, 0)


@given(
    st.integers(0, 10**9), st.integers(0, 10**6), st.data(), st.fractions(0, 1, max_denominator=100),
)  # fmt: skip
def test_never_below_nought_nor_above_what_was_paid(paid: int, units: int, data: st.DataObject, part: Fraction) -> None:
    used = data.draw(st.integers(0, units))
    expired = data.draw(st.integers(0, units - used))
    told = deferred(Cohort(paid, units, used, expired, Fraction(3, 2)), ALL, part)
    assert 0 <= told.earned <= told.set_aside <= paid
