"""Points and money for what costs more: offered, had, refused, and had again on what is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.effects import Decision, PriceLine, Refuse, Spend
from huiguan.rules.facts import Bill, Line, Sale, Step
from huiguan.rules.kinds import benefit, trade_up
from tests.rules.buying import AT, DAY, lot, member, says, told
from tests.rules.writing import compiled, found

EARN = ("earn", "unit: points, per: 1.00, give: 1")
TRADE = ("trade_up", "unit: points, goods: [{sku: JAR, units: 500, pay: 99.00}], since: 2026-06-10, until: 2026-06-15")
BOOK = compiled(EARN, TRADE, ("benefit", "rates: {card: {any: 0.90}}, apply: {card: always}"))


def bill(*quantities: int, **changed: Any) -> Bill:
    lines = tuple(Line("JAR", "", n, 19900 * n, 19900 * n) for n in quantities)
    cup = Line("CUP", "", 1, 1000, 1000)
    return Bill(Sale(**{"at": AT, "day": DAY, "shop": "S1", "lines": (*lines, cup), "trades": ("JAR",), **changed}))


def decided(points: int = 1000, sold: Bill | None = None, **more: Any):
    return trade_up.decide(BOOK, member(lots={"points": (lot(points),)}, **more), sold or bill(1))


def test_the_line_is_had_for_units_and_money() -> None:
    decision = decided(sold=bill(1, 1))
    assert decision.effects == (
        PriceLine("T-02", Step("trade_up:JAR", "T-02", (10000, 10000, 0), units=1000)),
        Spend("T-02", "points", 1000, "trade_up"),
    )
    assert told(BOOK, decision.reasons) == [
        (
            "JAR 换购 2 件：1,000 分另付 ¥198.00，省 ¥200.00。",
            "2 of JAR traded up: 1,000 points and ¥198.00, ¥200.00 less.",
        )
    ]


def test_what_is_not_asked_for_is_offered_where_it_could_be_had() -> None:
    assert says(decided(500, bill(1, trades=()))) == [("T-02", "ready")]
    assert says(decided(499, bill(1, trades=()))) == [("T-02", "short")]
    assert says(decided(500, bill(1, trades=(), day=date(2026, 6, 16)))) == []
    assert decided(500, bill(trades=())) == Decision()


@pytest.mark.parametrize(
    ("points", "sold", "code", "say"),
    [
        (499, {}, "BalanceTooLow", "short"),
        (500, {"day": date(2026, 6, 9)}, "OutsideWindow", "outside"),
        (500, {"day": date(2026, 6, 16)}, "OutsideWindow", "outside"),
    ],
)
def test_what_is_not_to_be_had_is_refused(points: int, sold: dict[str, Any], code: str, say: str) -> None:
    (refusal,) = decided(points, bill(1, **sold)).effects
    assert isinstance(refusal, Refuse)
    assert (refusal.code, refusal.field, refusal.values["reason"].say) == (code, "trade_ups", say)


def test_what_is_not_bought_and_what_costs_no_more_is_refused() -> None:
    assert says(decided(sold=bill())) == [("T-02", "not_bought")]
    cheap = bill(1).sale.lines[0]
    same = Bill(Sale(AT, DAY, "S1", (Line(cheap.sku, "", 1, 19900, 9900),), trades=("JAR",)))
    assert says(decided(sold=same)) == [("T-02", "no_gain")]


def test_no_discount_is_taken_off_it() -> None:
    step = next(e.step for e in decided().effects if isinstance(e, PriceLine))
    effects = benefit.decide(BOOK, member(), bill(1).after(step)).effects
    assert [effect.step.offs for effect in effects if isinstance(effect, PriceLine)] == [(0, 100)]


def test_what_is_kept_is_had_for_its_own_units() -> None:
    step = Step("trade_up:JAR", "T-02", (30000, 0), units=1500)
    assert trade_up.again(BOOK, bill(2), step) == Step("trade_up:JAR", "T-02", (20000, 0), units=1000)
    assert trade_up.again(BOOK, bill(), step).units == 0


def test_the_same_units_do_not_pay_twice() -> None:
    facts = member(lots={"points": (lot(700),)})
    assert trade_up.less(facts, trade_up.decide(BOOK, facts, bill(1))).available("points", AT) == 200


def test_it_may_be_for_some_tiers_and_the_first_open_one_counts() -> None:
    rungs = (
        "tier_ladder",
        "rungs: [{tier: points_card, title: {zh: 普, en: O}}, {tier: gold, title: {zh: 金, en: G}}]",
    )
    book = compiled(
        EARN,
        rungs,
        ("trade_up", "unit: points, goods: [{sku: JAR, units: 100, pay: 99.00}], tiers: [gold]"),
        ("trade_up", "unit: points, goods: [{sku: JAR, units: 500, pay: 99.00}]"),
    )
    for tier, units in (("gold", 100), ("points_card", 500)):
        decision = trade_up.decide(book, member(tier=tier, lots={"points": (lot(500),)}), bill(1))
        assert [effect.amount for effect in decision.effects if isinstance(effect, Spend)] == [units]


def test_lint_names_what_cannot_be() -> None:
    twice = "unit: points, goods: [{sku: A, units: 1, pay: 1.00}, {sku: A, units: 2, pay: 1.00}]"
    one = "unit: points, goods: [{sku: A, units: 1, pay: 1.00}]"
    assert ("refuse", "overlap", "T-02") in found(EARN, ("trade_up", twice))
    assert ("refuse", "backwards", "T-02") in found(EARN, ("trade_up", f"{one}, since: 2026-02-01, until: 2026-01-31"))
    assert ("refuse", "unknown_tier", "T-02") in found(EARN, ("trade_up", f"{one}, tiers: [gold]"))
    assert ("refuse", "unknown_unit", "T-02") in found(EARN, ("trade_up", one.replace("points", "stars")))
