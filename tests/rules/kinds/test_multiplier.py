"""Points count more than once on the birthday, after they were cut down to whole steps."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Decision, Earn
from huiguan.rules.kinds import earn, multiplier
from tests.rules.buying import DAY, bill, member, told
from tests.rules.writing import compiled, found

EARN = ("earn", "unit: points, per: 40.00, give: 1")
DOUBLE = ("multiplier", "unit: points, on: birthday, times: 2")
PROGRAMME = compiled(EARN, DOUBLE)


@pytest.mark.parametrize(
    ("born", "day", "applies"),
    [
        (date(1990, 5, 5), date(2026, 5, 4), False),
        (date(1990, 5, 5), date(2026, 5, 5), True),
        (date(1990, 5, 5), date(2026, 5, 6), False),
        (date(1992, 2, 29), date(2026, 2, 28), True),
        (date(1992, 2, 29), date(2026, 3, 1), False),
        (date(1992, 2, 29), date(2028, 2, 28), False),
        (date(1992, 2, 29), date(2028, 2, 29), True),
        (date(2026, 5, 5), date(2026, 5, 5), False),  # the day of birth is no birthday
        (None, date(2026, 5, 5), False),
    ],
)
def test_the_day_itself(born: date | None, day: date, applies: bool) -> None:
    assert multiplier.applying(PROGRAMME, member(birthday=born), day) == (("T-02",) if applies else ())


def test_the_leap_day_may_be_in_march() -> None:
    programme = compiled(EARN, ("multiplier", "unit: points, on: birthday, times: 2, leap_day: 03-01"))
    leap = member(birthday=date(1992, 2, 29))
    assert multiplier.applying(programme, leap, date(2026, 2, 28)) == ()
    assert multiplier.applying(programme, leap, date(2026, 3, 1)) == ("T-02",)


def test_whole_points_are_doubled() -> None:
    # 79 yuan: one full 40, doubled 2; 158 yuan would have been 3.
    earned = tuple(effect for effect in earn.decide(PROGRAMME, bill(7900)).effects if isinstance(effect, Earn))
    decision = multiplier.decide(PROGRAMME, earned, ("T-02",))
    assert decision.effects == (Earn("T-02", "points", 1),)
    assert told(PROGRAMME, decision.reasons) == [
        ("生日当天积分 2 倍：1 分之外再得 1 分。", "Points count 2 times on the birthday: 1 more on top of 1.")
    ]


def test_nothing_earned_is_nothing_more() -> None:
    assert multiplier.decide(PROGRAMME, (), ("T-02",)) == Decision()


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([EARN, DOUBLE, DOUBLE], [("refuse", "overlap", "T-03")]),
        ([EARN, ("multiplier", "unit: stars, on: birthday, times: 2")], [("refuse", "unknown_unit", "T-02")]),
        ([EARN, ("multiplier", "unit: points, on: birthday, times: 1")], [("refuse", "wrong_value", "T-02")]),
    ],
)
def test_what_cannot_be_run(clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]) -> None:
    assert found(*clauses) == expected


def days(given: str) -> tuple[bool, ...]:
    """Whether a clause of these days multiplies on the 1st to the 10th of June 2026; the 1st is a Monday."""
    programme = compiled(EARN, ("multiplier", f"unit: points, on: days, times: 2, {given}"))
    return tuple(bool(multiplier.applying(programme, member(), date(2026, 6, day))) for day in range(1, 11))


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ("month_days: [8, 18, 28]", {8}),
        ("weekdays: [saturday, sunday]", {6, 7}),
        ("weekdays: [saturday], month_days: [7]", set()),
        ("since: 2026-06-03, until: 2026-06-05", {3, 4, 5}),
        ("since: 2026-06-09", {9, 10}),
    ],
)
def test_certain_days(given: str, on: set[int]) -> None:
    assert {day for day, applies in enumerate(days(given), 1) if applies} == on


TIERS = ("multiplier", "unit: points, on: every_day, tiers: {points_card: 1.2, diamond_card: 1.5}")
LADDER = (
    "tier_ladder",
    "rungs: [{tier: points_card, title: {zh: 积分卡, en: A}}, {tier: diamond_card, title: {zh: 钻卡, en: B}}]",
)


def more(together: str, base: int, tier: str) -> list[tuple[str, int]]:
    """What the birthday and the tier add to `base` points."""
    double = ("multiplier", f"{DOUBLE[1]}, together: {together}")
    programme = compiled(EARN, double, TIERS, LADDER)
    clauses = multiplier.applying(programme, member(tier=tier), date(2026, 6, 15))
    decision = multiplier.decide(programme, (Earn("T-01", "points", base),), clauses, tier)
    return [(effect.clause, effect.amount) for effect in decision.effects if isinstance(effect, Earn)]


def test_a_tier_counts_its_own_and_whole_units_only() -> None:
    programme = compiled(EARN, TIERS, LADDER)
    assert multiplier.applying(programme, member(tier="none"), DAY) == ()
    decision = multiplier.decide(programme, (Earn("T-01", "points", 7),), ("T-02",), "points_card")
    assert decision.effects == (Earn("T-02", "points", 1),)  # 7 × 0.2 = 1.4
    assert told(programme, decision.reasons)[0][0] == "积分按 1.2 倍计：7 分之外再得 1 分。"


def test_how_several_come_together() -> None:
    assert more("highest", 100, "diamond_card") == [("T-02", 100)]
    assert more("added", 100, "diamond_card") == [("T-02", 100), ("T-03", 50)]
    assert more("in_turn", 100, "diamond_card") == [("T-02", 100), ("T-03", 100)]  # half of the 200


def test_the_tier_first_then_the_highest_of_the_day() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 1.00, give: 1"),
        ("multiplier", "unit: points, on: birthday, times: 2, together: highest_day"),
        ("multiplier", "unit: points, on: every_day, times: 1.5"),
        ("multiplier", "unit: points, on: days, month_days: [15], times: 3"),
    )
    decision = multiplier.decide(programme, (Earn("T-01", "points", 101),), ("T-02", "T-03", "T-04"))
    # 101 × 1.5 = 151.5, cut down to 151; then the highest of the day alone: 151 × 3 = 453.
    assert decision.effects == (Earn("T-03", "points", 50), Earn("T-04", "points", 302))
