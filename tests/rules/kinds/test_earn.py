"""So many points for every full step, cut down once in each group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiguan.rules.effects import Decision, Earn, Reason
from huiguan.rules.facts import Bill, Line, Step
from huiguan.rules.kinds import earn
from huiguan.rules.programme import Programme
from tests.rules.buying import bill, says, told
from tests.rules.writing import compiled, designer_wear, found


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


def goods(*lines: tuple[str, int, int], **changed: Any) -> Bill:
    """A bill of (category, list price, price) lines."""
    sold = bill(1, **changed).sale
    made = tuple(Line(f"SKU{n}", category, 1, tag, price) for n, (category, tag, price) in enumerate(lines))
    return Bill(replace(sold, lines=made))


TIERS = "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]"


def test_each_tier_has_its_rate() -> None:
    programme = compiled(
        ("tier_ladder", TIERS),
        ("earn", "unit: points, per: 40.00, give: 1, tier: low"),
        ("earn", "unit: points, per: 20.00, give: 1, tier: top"),
    )
    assert earn.decide(programme, bill(7900), "low").effects == (Earn("T-02", "points", 1),)
    assert earn.decide(programme, bill(7900), "top").effects == (Earn("T-03", "points", 3),)
    assert earn.decide(programme, bill(7900), "none") == Decision()


def test_a_condition_comes_before_the_rate_for_all_goods() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 1.00, give: 1"),
        ("earn", "unit: points, per: 50.00, give: 1, where: {category: [appliance, clothing]}, group: category"),
    )
    sold = goods(("appliance", 199900, 199900), ("rice", 1050, 1050), ("clothing", 4900, 4900), ("", 60, 60))
    # appliance 1,999 → 39, clothing 49 → 0; 10.50 + 0.60 = 11.10 → 11
    assert earn.decide(programme, sold).effects == (Earn("T-02", "points", 39), Earn("T-01", "points", 11))


def test_goods_that_earn_nothing_are_left_out_and_told() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 1.00, give: 1"),
        ("earn", "unit: points, only: {price_ratio: {over: 0.70}}"),
        ("earn", "unit: points, only: {not: {category: [tobacco]}}"),
    )
    sold = goods(("coat", 10000, 7000), ("coat", 10000, 7001), ("tobacco", 5000, 5000))
    decision = earn.decide(programme, sold)
    assert decision.effects == (Earn("T-01", "points", 70),)
    assert says(decision, given=False) == [("T-02", "not_these"), ("T-03", "not_these"), ("T-01", "next")]
    assert [reason.values["paid"] for reason in decision.reasons[:2]] == [7000, 5000]


@pytest.mark.parametrize(("order", "points"), [((), 100), (("group",), 0), (("promotion",), 100)])
def test_an_order_that_earns_nothing(order: tuple[str, ...], points: int) -> None:
    programme = compiled(("earn", "unit: points, per: 1.00, give: 1"), ("earn", "unit: points, not_on: [group]"))
    decision = earn.decide(programme, bill(10000, order=order))
    assert sum(effect.amount for effect in decision.effects if isinstance(effect, Earn)) == points
    assert (("T-02", "group") in says(decision)) == (points == 0)


def test_what_was_paid_in_points_or_coupons_may_be_left_out() -> None:
    programme = compiled(("earn", "unit: points, per: 1.00, give: 1"), ("earn", "unit: points, without: [points]"))
    sold = bill(43000).after(Step("points", "T-09", (10000,), units=100)).after(Step("voucher", "T-09", (1000,)))
    assert earn.base_lines(programme, sold) == (33000,)


def test_a_card_that_was_not_shown_earns_nothing() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 1.00, give: 1"), ("credential", "what: card, shown: [card], opens: [points]")
    )
    assert earn.decide(programme, bill(100)).effects == (Earn("T-01", "points", 1),)
    unseen = earn.decide(programme, bill(100, shown="none"))
    assert (unseen.effects, says(unseen)) == ((), [("T-02", "not_shown")])


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("per: 2.00, give: 1", [("refuse", "overlap", "T-02")]),
        ("per: 2.00, give: 1, where: {category: rice}", []),
        ("not_on: [group]", []),
        ("per: 2.00", [("refuse", "missing_key", "T-02")]),
        ("where: {category: rice}", [("refuse", "missing_key", "T-02")] * 2),
        ("worth: 1.00", [("refuse", "missing_key", "T-02")] * 2),
        ("per: 2.00, give: 1, tier: gold", [("refuse", "unknown_tier", "T-02")]),
    ],
)
def test_rates_and_limits_stand_side_by_side(second: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(("earn", "unit: points, per: 1.00, give: 1"), ("earn", f"unit: points, {second}")) == expected


def test_the_worth_may_stand_with_the_redemption() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 1.00, give: 1"), ("redemption", "unit: points, ways: [offset], worth: 0.01")
    )
    assert earn.worth_of(programme, "points") == 1


def test_a_purchase_earns_by_itself() -> None:
    programme = compiled(
        ("earn", "unit: points, per: 10.00, give: 1"), ("earn", "unit: points, per_purchase: 5, purchase_from: 20.00")
    )
    small, enough = earn.decide(programme, bill(1999)), earn.decide(programme, bill(1000, 1000))
    assert [effect.amount for effect in small.effects if isinstance(effect, Earn)] == [1]
    assert [effect.amount for effect in enough.effects if isinstance(effect, Earn)] == [2, 5]
    assert ("T-02", "too_small") in says(small) and ("T-02", "for_coming") in says(enough)


def test_a_purchase_of_nothing_that_earns_is_none() -> None:
    programme = compiled(("earn", "unit: points, per_purchase: 5"), ("earn", "unit: points, only: {sku: OTHER}"))
    assert earn.decide(programme, bill(1000)).effects == ()
