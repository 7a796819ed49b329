"""So many points for every full step, cut down once in each group."""

from __future__ import annotations

import pytest

from huiguan.rules.effects import Earn, Reason
from huiguan.rules.facts import Step
from huiguan.rules.kinds import earn
from huiguan.rules.programme import Programme
from tests.rules.buying import bill, told
from tests.rules.writing import compiled, designer_wear


def by(group: str) -> Programme:
    return compiled(("earn", f"unit: points, per: 100.00, give: 2, worth: 1.00, group: {group}"))


def earned(programme: Programme, *prices: int) -> int:
    return sum(effect.amount for effect in earn.decide(programme, bill(*prices)).effects if isinstance(effect, Earn))


@pytest.mark.parametrize(
    ("paid", "points"), [(0, 0), (9999, 0), (10000, 2), (19900, 2), (19999, 2), (20000, 4), (478800, 94)]
)
def test_the_remainder_earns_nothing(paid: int, points: int) -> None:
    assert earned(designer_wear(), paid) == points


def test_the_group_decides_where_it_is_cut_down() -> None:
    assert earned(by("sale"), 15000, 15000) == 6
    assert earned(by("line"), 15000, 15000) == 4
    assert earned(by("category"), 15000, 5000, 15000) == 6  # categories 0, 1, 0: 300.00 and 50.00


def test_what_points_and_vouchers_paid_earns_nothing() -> None:
    sold = bill(100000).after(Step("points", "B55-20", (10000,), units=100)).after(Step("member", "B55-04", (4500,)))
    assert earn.base_lines(designer_wear(), sold) == (85500,)
    assert earn.base_lines(by("sale"), sold) == (95500,)


def test_what_was_earned_and_how_far_the_next_points_are() -> None:
    decision = earn.decide(designer_wear(), bill(478800))
    assert decision.effects == (Earn("B55-13", "points", 94),)
    assert decision.reasons == (
        Reason(
            "B55-13",
            "earned",
            True,
            {"paid": 478800, "per": 10000, "give": 2, "unit": "points", "steps": 47, "units": 94, "rest": 8800},
        ),
        Reason("B55-13", "next", False, {"gap": 1200, "give": 2, "unit": "points"}),
    )
    assert told(designer_wear(), decision.reasons)[1] == (
        "还差实付 ¥12.00，再得 2 分。",
        "¥12.00 more paid would give another 2 points.",
    )


def test_two_units_are_earned_side_by_side() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00"),
        ("earn", "unit: stars, per: 1.00, give: 1, worth: 0.01"),
    )
    effects = earn.decide(programme, bill(10050)).effects
    assert effects == (Earn("T-01", "points", 2), Earn("T-02", "stars", 100))


def test_the_worth_of_a_unit() -> None:
    assert earn.worth_of(designer_wear(), "points") == 100
    assert earn.worth_of(designer_wear(), "stars") == 0
