"""Points count more than once on the birthday, after they were cut down to whole steps."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Earn
from huiguan.rules.kinds import earn, multiplier
from tests.rules.buying import bill, member, told
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
    assert multiplier.decide(PROGRAMME, (), ("T-02",)) == earn.Decision()


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
