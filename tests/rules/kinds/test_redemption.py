"""Points for gifts or money off, in June and December, once in each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.effects import PriceLine, Refuse, Spend, Tally
from huiguan.rules.kinds import redemption
from tests.rules.buying import AT, DAY, bill, lot, member, says, told
from tests.rules.writing import compiled, designer_wear

HAS = {"lots": {"points": (lot(100), lot(50, seq=2))}}


def test_the_clauses_of_a_unit_are_read_together() -> None:
    assert redemption.terms(designer_wear()) == redemption.Terms(
        "points", "B55-20", "B55-19", (6, 12), 1, ("gift", "offset"), 100
    )
    assert redemption.terms(designer_wear(), "stars") is None


def test_an_offset_takes_off_what_it_is_worth() -> None:
    decision = redemption.offset(designer_wear(), member(**HAS), bill(10000, 10000, points=150))
    (price, spend, tally) = decision.effects
    assert isinstance(price, PriceLine) and (price.step.units, price.step.offs) == (150, (7500, 7500))
    assert spend == Spend("B55-20", "points", 150, "offset")
    assert tally == Tally(None, "used:redemption", 1)
    assert told(designer_wear(), decision.reasons) == [
        (
            "150 分抵 ¥150.00，先于折扣；抵扣的部分不再积分。",
            "150 points pay ¥150.00, before the discount; that part earns nothing.",
        )
    ]


@pytest.mark.parametrize(
    ("facts", "sold", "code", "say"),
    [
        ({}, {"points": 151}, "BalanceTooLow", ("B55-20", "short")),
        ({"held": {"points": 1}}, {"points": 150}, "BalanceTooLow", ("B55-20", "short")),
        ({}, {"points": 1, "day": date(2026, 5, 31)}, "OutsideWindow", ("B55-19", "outside")),
        ({}, {"points": 1, "day": date(2026, 7, 1)}, "OutsideWindow", ("B55-19", "outside")),
        ({"days": {date(2026, 6, 1): {"used:redemption": 1}}}, {"points": 1}, "LimitReached", ("B55-19", "used")),
    ],
)
def test_what_stands_against_it(facts: dict[str, Any], sold: dict[str, Any], code: str, say: tuple[str, str]) -> None:
    decision = redemption.offset(designer_wear(), member(**HAS, **facts), bill(100000, **sold))
    (effect,) = decision.effects
    assert isinstance(effect, Refuse) and (effect.code, effect.field) == (code, "points")
    assert says(decision) == [say]
    assert all(told(designer_wear(), decision.reasons)[0])


def test_a_use_of_the_other_window_does_not_count() -> None:
    facts = member(**HAS, days={date(2026, 5, 31): {"used:redemption": 1}, date(2025, 12, 5): {"used:redemption": 1}})
    assert says(redemption.offset(designer_wear(), facts, bill(100000, points=1))) == [("B55-20", "offset")]


def test_more_than_is_due_is_refused_with_the_most() -> None:
    decision = redemption.offset(designer_wear(), member(**HAS), bill(9950, points=100))
    assert [
        (effect.code, effect.values["reason"].values) for effect in decision.effects if isinstance(effect, Refuse)
    ] == [("MoreThanDue", {"most": 99})]


def test_what_is_not_asked_for_is_offered_up_to_what_is_due() -> None:
    (ready,) = redemption.offset(designer_wear(), member(**HAS), bill(9950)).reasons
    assert (ready.say, ready.given, ready.values) == ("ready", False, {"units": 99, "off": 9900})
    (outside,) = redemption.offset(designer_wear(), member(**HAS), bill(9950, day=date(2026, 7, 1))).reasons
    assert outside.values == {"months": [6, 12], "next_year": 2026, "next_month": 12}


def test_after_the_last_month_of_a_year_comes_the_first_of_the_next() -> None:
    used = member(**HAS, days={date(2026, 12, 3): {"used:redemption": 1}})
    (reason,) = redemption.offset(designer_wear(), used, bill(9950, day=date(2026, 12, 31))).reasons
    assert (reason.values["next_year"], reason.values["next_month"]) == (2027, 6)


def test_a_gift_takes_the_points_outside_any_sale() -> None:
    decision = redemption.redeem(designer_wear(), member(**HAS), at=AT, day=DAY, units=150, way="gift")
    assert decision.effects == (Spend("B55-20", "points", 150, "redemption"), Tally(None, "used:redemption", 1))
    short = redemption.redeem(designer_wear(), member(**HAS), at=AT, day=DAY, units=151, way="gift")
    assert short.reasons[0].values == {"has": 150, "needs": 151, "gap": 1}


def test_a_way_the_rulebook_does_not_offer_is_refused() -> None:
    programme = compiled(("redemption", "unit: points, ways: [offset], worth: 1.00"))
    decision = redemption.redeem(programme, member(**HAS), at=AT, day=DAY, units=1, way="gift")
    assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == ["WayNotOffered"]


def test_every_refused_reason_has_a_sentence() -> None:
    assert set(redemption.REFUSALS) < set(redemption.SAYS)
