"""What holds of the kinds of the till whatever the figures are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from huiguan.rules import vouchers
from huiguan.rules.facts import Bill, Step
from huiguan.rules.kinds import benefit, earn, expiry, redemption, stacking, tier_ladder
from tests.rules.buying import bill, moment
from tests.rules.writing import compiled, designer_wear

BOOK = designer_wear()
amounts = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)
rates = st.fractions(min_value=0, max_value=1, max_denominator=1000)
moments = st.integers(0, 7 * 365 * 24 * 60).map(lambda minutes: moment("2024-01-01") + timedelta(minutes=minutes))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def fits(before: Bill, step: Step, off: int) -> bool:
    """A step takes off exactly `off`, and from no line more than it owes."""
    return step.off == off and all(0 <= part <= due for part, due in zip(step.offs, before.due_lines, strict=True))


@given(amounts, rates)
def test_a_percentage_is_rounded_once_and_spread_whole(prices: list[int], rate: Fraction) -> None:
    total = sum(prices)
    step = benefit.percentage(bill(*prices), "member", "T-01", rate)
    paid = (2 * total * rate.numerator + rate.denominator) // (2 * rate.denominator)  # half up
    assert fits(bill(*prices), step, total - paid)


@given(amounts, st.integers(0, 10**9))
def test_a_voucher_takes_off_its_worth_or_all_there_is(prices: list[int], worth: int) -> None:
    step = vouchers.voucher_step(bill(*prices), "T-01", 1, worth)
    assert fits(bill(*prices), step, min(worth, sum(prices)))


@given(amounts, st.data())
def test_points_take_off_what_they_are_worth(prices: list[int], data: st.DataObject) -> None:
    units = data.draw(st.integers(0, sum(prices) // 100))
    rule = redemption.terms(BOOK)
    assert rule is not None
    assert fits(bill(*prices), redemption.step_of(rule, bill(*prices), units), units * 100)


@given(amounts, amounts)
def test_more_paid_never_earns_less(prices: list[int], more: list[int]) -> None:
    for group in ("sale", "line", "category"):
        programme = compiled(("earn", f"unit: points, per: 100.00, give: 2, worth: 1.00, group: {group}"))
        earned = [
            sum(effect.amount for effect in earn.decide(programme, bill(*lines)).effects)  # type: ignore[union-attr]
            for lines in (prices, [*prices, *more])
        ]
        assert earned[0] <= earned[1]


@given(amounts)
def test_cutting_down_once_a_sale_earns_most(prices: list[int]) -> None:
    by = {}
    for group in ("sale", "line", "category"):
        programme = compiled(("earn", f"unit: points, per: 100.00, give: 2, worth: 1.00, group: {group}"))
        by[group] = sum(effect.amount for effect in earn.decide(programme, bill(*prices)).effects)  # type: ignore[union-attr]
    assert by["line"] <= by["category"] <= by["sale"] == sum(prices) // 10000 * 2


@given(moments, moments, moments)
def test_what_is_earned_earlier_never_lives_longer(one: datetime, other: datetime, joined: datetime) -> None:
    first, second = sorted((one, other))
    ends = [expiry.expires_at(BOOK, "points", at, joined)[0] for at in (first, second)]
    assert ends[0] is not None and ends[1] is not None
    assert ends[0] <= ends[1]


@given(moments, moments)
def test_points_live_a_month_at_least_and_two_years_at_most(one: datetime, other: datetime) -> None:
    joined, earned = sorted((one, other))
    end, clause = expiry.expires_at(BOOK, "points", earned, joined)
    assert end is not None and (end.month, end.day, end.hour, end.minute) == (1, 1, 0, 0)
    assert timedelta(days=31) <= end - earned < timedelta(days=2 * 366)
    old, by = expiry.expires_at(BOOK, "points", earned, moment("2000-01-01"))
    assert old is not None
    if clause == "B55-16":  # spared: exactly one clearing later than an old member's
        assert (end.year, by) == (old.year + 1, "B55-14")
    else:
        assert (end, clause) == (old, by)


@given(days, st.integers(1, 24))
def test_a_window_of_months_ends_today_and_moves_with_the_day(day: date, months: int) -> None:
    first, last = tier_ladder.window(day, months)
    assert last == day
    assert 28 * months - 1 <= (last - first).days <= 31 * months
    assert first <= tier_ladder.window(day + timedelta(days=1), months)[0]


def test_a_window_over_a_leap_day() -> None:
    assert tier_ladder.window(date(2028, 8, 29), 6) == (date(2028, 3, 1), date(2028, 8, 29))
    assert tier_ladder.window(date(2028, 8, 28), 6) == (date(2028, 2, 29), date(2028, 8, 28))
    assert tier_ladder.window(date(2028, 2, 29), 12) == (date(2027, 3, 1), date(2028, 2, 29))
    assert tier_ladder.window(date(2027, 8, 31), 6) == (date(2027, 3, 1), date(2027, 8, 31))


@given(st.permutations(stacking.STAGES))
def test_any_order_can_be_written_and_is_kept(stages: list[str]) -> None:
    first, second, third = stages
    programme = compiled(
        ("stacking", f"first: {first}, then: [{second}, {third}]"), ("stacking", f"first: {second}, then: [{third}]")
    )
    assert stacking.order(programme.of("stacking")) == tuple(stages)
