"""Points for gifts or money off, in June and December, once in each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.effects import Decision, GrantRight, PriceLine, Refuse, Spend, Tally
from huiguan.rules.kinds import redemption
from huiguan.rules.programme import Programme
from huiguan.rules.windows import Months
from tests.rules.buying import AT, DAY, bill, lot, member, says, told
from tests.rules.writing import compiled, designer_wear, found

EARN = ("earn", "unit: points, per: 100.00, give: 1")
HAS = {"lots": {"points": (lot(100), lot(50, seq=2))}}


def test_the_clauses_of_a_unit_are_read_together() -> None:
    rule = redemption.terms(designer_wear())
    assert rule is not None
    assert (rule.unit, rule.clause, rule.ways, rule.worth) == ("points", "B55-20", ("gift", "offset"), 100)
    assert rule.window == Months("B55-19", (6, 12), 1)
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


def test_so_many_at_a_time() -> None:
    programme = compiled(("redemption", "unit: points, ways: [offset], worth: 0.01, least: 100"))
    facts = member(**HAS)
    decision = redemption.offset(programme, facts, bill(10000, points=99))
    assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == ["TooFewPoints"]
    assert says(redemption.offset(programme, facts, bill(10000, points=100))) == [("T-01", "offset")]
    assert redemption.offset(programme, facts, bill(99)).reasons == ()  # 99 points are no offer


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


def own(*more: str) -> Programme:
    parts = [("redemption", "unit: points, ways: [offset], worth: 1.00")]
    return compiled(EARN, *parts, *(("redemption", f"unit: points, {each}") for each in more))


def refusal(decision: Decision) -> tuple[str, str]:
    (effect,) = [each for each in decision.effects if isinstance(each, Refuse)]
    return effect.clause, effect.code


def test_what_the_sale_itself_earns_does_not_pay_for_it() -> None:
    assert refusal(redemption.offset(own("own_sale: false"), member(), bill(30000, points=300))) == (
        "T-03", "BalanceTooLow",
    )  # fmt: skip


def test_from_the_second_purchase_on() -> None:
    programme = own("from_purchase: 2")
    first = redemption.offset(programme, member(), bill(10000, points=1))
    assert refusal(first) == ("T-03", "NotYet")
    bought = member(days={date(2026, 6, 1): {"visits": 1}}, **HAS)
    assert redemption.offset(programme, bought, bill(10000, points=1)).effects
    # Points are there, so something was bought before what is read of the days.
    assert redemption.offset(programme, member(**HAS), bill(10000, points=1)).effects


@pytest.mark.parametrize(("order", "stops"), [("group", "T-03"), ("promotion", "T-04")])
def test_not_together_with_certain_orders(order: str, stops: str) -> None:
    programme = own("not_on: [group]", "not_on: [promotion]")
    decision = redemption.offset(programme, member(**HAS), bill(10000, points=1, order=(order,)))
    assert refusal(decision) == (stops, "NotTogether")
    assert redemption.offset(programme, member(**HAS), bill(10000, points=1)).effects


LADDER = compiled(
    EARN,
    ("redemption", "unit: points, rewards: [{units: 1500, name: voucher_20, worth: 20.00}]"),
    ("redemption", "unit: points, rewards: [{units: 4000, name: voucher_50, worth: 50.00}]"),
    ("redemption", "unit: points, last_days: {of: quarter, days: 7}"),
    ("redemption", "unit: points, at: issuing_shop, in_person: true, shown: [card, id]"),
)
HERE = redemption.Presence(True, frozenset({"card", "id"}), True)
OPEN = date(2026, 6, 30)


def swap(units: int, day: date = OPEN, presence: redemption.Presence = HERE, has: int = 5000) -> Decision:
    rich = member(lots={"points": (lot(has),)})
    return redemption.redeem(LADDER, rich, at=AT, day=day, units=units, way="coupon", presence=presence)


def test_units_give_the_coupon_of_their_rung() -> None:
    decision = swap(4000)
    assert decision.effects == (
        Spend("T-03", "points", 4000, "redemption"),
        GrantRight("T-03", "voucher_50", 5000, AT, None, ""),
        Tally(None, "used:redemption", 1),
    )
    assert says(decision) == [("T-03", "rewarded")]


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 6, 23), False),
        (date(2026, 6, 24), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
        (date(2026, 3, 25), True),
        (date(2026, 12, 31), True),
    ],
)
def test_the_last_seven_days_of_a_quarter(day: date, open_: bool) -> None:
    decision = swap(1500, day)
    assert (says(decision) == [("T-02", "rewarded")]) == open_
    if not open_:
        assert refusal(decision) == ("T-04", "OutsideWindow")


@pytest.mark.parametrize(
    ("presence", "code"),
    [
        (redemption.Presence(False, frozenset({"card", "id"}), True), "NotInPerson"),
        (redemption.Presence(True, frozenset({"id"}), True), "CardNotShown"),
        (redemption.Presence(True, frozenset({"card"}), True), "IdNotShown"),
        (redemption.Presence(True, frozenset({"card", "id"}), False), "NotIssuingShop"),
    ],
)
def test_who_comes_with_what_and_where(presence: redemption.Presence, code: str) -> None:
    assert refusal(swap(1500, presence=presence)) == ("T-05", code)


def test_a_rung_that_is_not_there_and_a_balance_that_is_too_low() -> None:
    assert refusal(swap(1600)) == ("T-02", "WayNotOffered")
    assert refusal(swap(1500, has=1499)) == ("T-02", "BalanceTooLow")
    assert says(swap(1500, has=1500)) == [("T-02", "rewarded")]


@pytest.mark.parametrize(
    ("rungs", "expected"),
    [
        ([(1500, "20.00"), (4000, "50.00")], []),
        ([(4000, "50.00"), (8000, "80.00")], [("warn", "ladder_pays_less", "T-03")]),
        ([(4000, "50.00"), (8000, "100.00")], []),
        ([(1500, "20.00"), (1500, "30.00")], [("refuse", "overlap", "T-03")]),
    ],
)
def test_a_ladder_should_not_pay_less_higher_up(
    rungs: list[tuple[int, str]], expected: list[tuple[str, str, str]]
) -> None:
    clauses = [
        ("redemption", f"unit: points, rewards: [{{units: {units}, name: v{n}, worth: {worth}}}]")
        for n, (units, worth) in enumerate(rungs)
    ]
    assert found(EARN, *clauses) == expected


TIERS = ("tier_ladder", "rungs: [{tier: points_card, title: {zh: 普, en: O}}, {tier: gold, title: {zh: 金, en: G}}]")
CAPPED = compiled(
    EARN, TIERS, ("redemption", "unit: points, ways: [offset], worth: 0.01, rates: {gold: 0.9}, most: 30%")
)


@pytest.mark.parametrize(("tier", "units", "off"), [("points_card", 300, 300), ("gold", 270, 300), ("gold", 100, 111)])
def test_a_tier_may_use_fewer_for_the_same_money(tier: str, units: int, off: int) -> None:
    decision = redemption.offset(CAPPED, member(tier=tier, lots={"points": (lot(1000),)}), bill(1000, points=units))
    assert [effect.step.off for effect in decision.effects if isinstance(effect, PriceLine)] == [off]


@pytest.mark.parametrize(("tier", "most", "off"), [("points_card", 300, 3.00), ("gold", 270, 3.00)])
def test_units_pay_so_much_of_a_bill_and_no_more(tier: str, most: int, off: float) -> None:
    facts = member(tier=tier, lots={"points": (lot(1000),)})
    decision = redemption.offset(CAPPED, facts, bill(1001, points=most + 1))
    (refusal,) = decision.effects
    assert isinstance(refusal, Refuse) and refusal.code == "MoreThanDue"
    assert told(CAPPED, decision.reasons) == [
        (
            f"积分至多抵本单的 30%，{most} 分，合 ¥{off:.2f}。",
            f"Points pay at most 30% of this sale: {most}, worth ¥{off:.2f}.",
        )
    ]
    assert says(redemption.offset(CAPPED, facts, bill(1001)), given=False) == [("T-03", "ready")]


def test_of_what_is_kept_units_pay_no_more_than_their_share() -> None:
    rule = redemption.terms(CAPPED)
    assert rule is not None
    assert redemption.again(rule, bill(1000), 540, "gold").units == 270
    assert redemption.again(rule, bill(0), 540, "gold").off == 0


def test_rates_are_for_tiers_there_are_and_a_share_is_one() -> None:
    assert ("refuse", "unknown_tier", "T-02") in found(
        EARN, ("redemption", "unit: points, ways: [offset], worth: 0.01, rates: {silver: 0.9}")
    )
    assert ("refuse", "wrong_value", "T-02") in found(EARN, ("redemption", "unit: points, ways: [gift], most: 101%"))
