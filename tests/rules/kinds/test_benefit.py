"""Rates by tier, which come of themselves or are asked for, one to a sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from huiguan.rules.effects import PriceLine, Reason, Refuse, Tally
from huiguan.rules.facts import Bill, Line, Step
from huiguan.rules.kinds import benefit
from tests.rules.buying import bill, member, says, told
from tests.rules.writing import compiled, designer_wear, found

RUNGS = ("tier_ladder", "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]")


@pytest.mark.parametrize(("tier", "due"), [("points_card", 95000), ("diamond_card", 90000)])
def test_each_tier_has_its_rate(tier: str, due: int) -> None:
    decision = benefit.decide(designer_wear(), member(tier=tier, birthday=date(1990, 1, 1)), bill(100000))
    (effect,) = decision.effects
    assert isinstance(effect, PriceLine)
    assert (effect.clause, effect.step.name, 100000 - effect.step.off) == ("B55-04", "member", due)


def test_what_is_asked_for_goes_before_what_comes_of_itself() -> None:
    decision = benefit.decide(designer_wear(), member(), bill(100000, asks=("birthday",)))
    assert decision.effects == (
        PriceLine("B55-04", Step("birthday", "B55-04", (20000,), rate=Fraction(4, 5))),
        Tally(None, "used:birthday", 1),
    )
    assert says(decision) == [("B55-04", "taken"), ("B55-04", "other_taken")]
    assert told(designer_wear(), decision.reasons)[0] == (
        "¥1,000.00 打 8 折，少付 ¥200.00。",
        "20% off on ¥1,000.00: ¥200.00 less.",
    )


def test_what_is_not_asked_for_is_offered() -> None:
    decision = benefit.decide(designer_wear(), member(), bill(100000))
    assert says(decision, given=True) == [("B55-04", "taken")]
    assert says(decision, given=False) == [("B55-04", "other_taken")]
    alone = compiled(("benefit", "rates: {birthday: {any: 0.80}}, apply: {birthday: asked}"))
    (ready,) = benefit.decide(alone, member(), bill(100000)).reasons
    assert (ready.say, ready.values["ask"], ready.given) == ("ready", "birthday", False)


def test_two_may_come_together_where_the_clause_says_so() -> None:
    programme = compiled(
        ("benefit", "rates: {a: {any: 0.90}, b: {any: 0.80}}, apply: {a: always, b: always}, together: true")
    )
    decision = benefit.decide(programme, member(), bill(10000))
    steps = [effect.step for effect in decision.effects if isinstance(effect, PriceLine)]
    assert [(step.name, step.off) for step in steps] == [("a", 1000), ("b", 1800)]


def test_a_tier_without_a_rate_is_told_and_refused_when_asked() -> None:
    programme = compiled(RUNGS, ("benefit", "rates: {vip: {top: 0.80}}, apply: {vip: asked}"))
    plain = benefit.decide(programme, member(tier="low"), bill(10000))
    assert (plain.effects, says(plain)) == ((), [("T-02", "no_rate")])
    asked = benefit.decide(programme, member(tier="low"), bill(10000, asks=("vip",)))
    reason = Reason("T-02", "no_rate", False, {"benefit": "vip"})
    assert asked.effects == (Refuse("T-02", "BenefitNotGiven", "limit", "benefits", {"reason": reason}),)


def test_the_sum_is_rounded_once_and_spread_to_the_fen() -> None:
    step = benefit.percentage(bill(3333, 3333, 3333), "member", "T-01", Fraction(19, 20))
    assert (step.off, step.offs) == (500, (167, 167, 166))  # 9,999 × 0.95 = 9,499.05, rounded half up


def test_a_rulebook_without_benefits_gives_none() -> None:
    decision = benefit.decide(compiled(("statement", "")), replace(member(), tier=""), bill(10000))
    assert (decision.effects, decision.reasons) == ((), ())


THREE = compiled(
    ("tier_ladder", "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]"),
    ("benefit", "rates: {card: {low: 0.95}}, apply: {card: always}, where: {price_ratio: {over: 0.70}}"),
    ("benefit", "rates: {card: {top: 0.85}}, where: {price_ratio: {over: 0.70}}"),
)


def reduced(*lines: tuple[int, int]) -> Bill:
    sold = bill(1).sale
    return Bill(replace(sold, lines=tuple(Line("SKU", "coat", 1, tag, price) for tag, price in lines)))


@pytest.mark.parametrize(
    ("price", "off"),
    [
        (10000, 500),
        (7100, 355),
        (7001, 350),  # 66.5095 stays of 70.01
        (7000, 0),
        (5000, 0),
    ],
)
def test_goods_at_seventy_percent_and_below_get_nothing(price: int, off: int) -> None:
    decision = benefit.decide(THREE, member(tier="low"), reduced((10000, price)))
    assert sum(effect.step.off for effect in decision.effects if isinstance(effect, PriceLine)) == off
    assert says(decision) == [("T-02", "taken" if off else "not_these")]


def test_each_tier_by_its_own_clause_and_only_the_goods_meant() -> None:
    decision = benefit.decide(THREE, member(tier="top"), reduced((10000, 9000), (10000, 6000)))
    (effect,) = decision.effects
    assert isinstance(effect, PriceLine) and (effect.clause, effect.step.offs) == ("T-03", (1350, 0))  # 90 × 0.85
    assert benefit.again(THREE, reduced((10000, 9000)), effect.step).offs == (1350,)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("rates: {card: {low: 0.90}}", [("refuse", "overlap", "T-03")]),
        ("rates: {card: {any: 0.90}}", [("refuse", "overlap", "T-03")]),
        ("rates: {card: {top: 0.90}}, apply: {card: asked}", [("refuse", "disagreement", "T-03")]),
        ("rates: {card: {top: 0.90}}", []),
    ],
)
def test_a_table_over_several_clauses_says_everything_once(second: str, expected: list[tuple[str, str, str]]) -> None:
    rungs = "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]"
    first = ("benefit", "rates: {card: {low: 0.95}}, apply: {card: always}")
    assert found(("tier_ladder", rungs), first, ("benefit", second)) == expected


DELIVERY = compiled(
    ("benefit", "rates: {free: {any: 0}}, apply: {free: always}, where: {category: category1}, goods_from: 500.00")
)


@pytest.mark.parametrize(("goods", "off"), [(49999, 0), (50000, 2000)])
def test_what_is_given_beside_goods_takes_goods_of_some_worth(goods: int, off: int) -> None:
    decision = benefit.decide(DELIVERY, member(), bill(goods, 2000))
    assert sum(effect.step.off for effect in decision.effects if isinstance(effect, PriceLine)) == off
    if not off:
        assert told(DELIVERY, decision.reasons)[0][1] == (
            "The other goods come to ¥499.99; it is given from ¥500.00 on, ¥0.01 more."
        )


def test_what_is_kept_must_still_come_to_it() -> None:
    step = Step("free", "T-01", (0, 2000), rate=Fraction(0))
    assert benefit.again(DELIVERY, bill(50000, 2000), step).off == 2000
    assert benefit.again(DELIVERY, bill(49999, 2000), step).off == 0


def test_delivery_for_nothing_is_not_warned_of() -> None:
    assert (
        found(
            ("benefit", "rates: {free: {any: 0}}, apply: {free: always}, where: {category: post}, goods_from: 500.00")
        )
        == []
    )
