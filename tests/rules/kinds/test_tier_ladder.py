"""Stepping up on a rolling window, and back when a return takes the ground away."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Decision, Refuse, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tier_ladder
from tests.rules.buying import AT, DAY, member, says, told
from tests.rules.writing import compiled, designer_wear, found

LATER = date(2026, 8, 1)


def spending(days: dict[date, int], **changed: object) -> MemberFacts:
    return member(days={day: {"spend": amount} for day, amount in days.items()}, **changed)


def decide(facts: MemberFacts, day: date = DAY, today: date = DAY) -> Decision:
    return tier_ladder.decide(designer_wear(), facts, day=day, at=AT, today=today, now=AT)


def test_everyone_begins_on_the_lowest_rung() -> None:
    assert tier_ladder.entry_tier(designer_wear()) == ("points_card", "B55-02")
    assert tier_ladder.entry_tier(compiled(("statement", ""))) == ("", None)
    assert tier_ladder.title_of(designer_wear(), "diamond_card") == {"zh": "钻卡会员", "en": "Diamond card"}
    assert tier_ladder.title_of(designer_wear(), "gold") == {"zh": "gold", "en": "gold"}


def test_the_amount_itself_is_enough() -> None:
    decision = decide(spending({DAY: 1_000_000}))
    (effect,) = decision.effects
    assert isinstance(effect, SetTier) and (effect.clause, effect.tier, effect.at) == ("B55-03", "diamond_card", AT)
    assert told(designer_wear(), decision.reasons) == [
        (
            "近 6 个月累计 ¥10,000.00，满 ¥10,000.00，晋级钻卡会员。",
            "¥10,000.00 in the last 6 months reaches ¥10,000.00: now Diamond card.",
        )
    ]


def test_a_fen_less_is_told_with_the_gap() -> None:
    decision = decide(spending({DAY: 999_999}))
    assert (decision.effects, says(decision)) == ((), [("B55-03", "gap")])
    assert decision.reasons[0].values["gap"] == 1


@pytest.mark.parametrize(("first", "reached"), [(date(2025, 12, 16), True), (date(2025, 12, 15), False)])
def test_the_window_is_six_months_that_end_with_the_sale(first: date, reached: bool) -> None:
    assert tier_ladder.window(DAY, 6) == (date(2025, 12, 16), DAY)
    assert bool(decide(spending({first: 500_000, DAY: 500_000})).effects) is reached


def test_a_window_to_a_month_s_end() -> None:
    assert tier_ladder.window(date(2026, 8, 31), 6) == (date(2026, 3, 1), date(2026, 8, 31))
    assert tier_ladder.months_back(designer_wear()) == 6


def test_spending_over_seven_months_does_not_count() -> None:
    months = {date(2026, month, 1): 200_000 for month in (1, 2, 3, 4)}
    assert decide(spending({date(2025, 11, 15): 900_000, **months, DAY: 100_000})).effects == ()


def test_a_late_sale_may_fill_the_window_of_a_later_day() -> None:
    facts = spending({DAY: 400_000, LATER: 600_000})
    assert decide(facts, day=DAY, today=DAY).effects == ()
    assert [type(effect) for effect in decide(facts, day=DAY, today=LATER).effects] == [SetTier]


def test_the_highest_rung_has_nothing_above() -> None:
    top = spending({DAY: 5_000_000}, tier="diamond_card")
    assert decide(top) == Decision()
    assert tier_ladder.gap(designer_wear(), top, DAY) is None


def test_a_return_withdraws_the_step_its_sale_had_brought() -> None:
    facts = spending({DAY: 999_999}, tier="diamond_card")
    decision = tier_ladder.withdrawal(designer_wear(), facts, day=DAY, at=AT, brought=True)
    (effect,) = decision.effects
    assert isinstance(effect, SetTier) and effect.tier == "points_card"
    assert told(designer_wear(), decision.reasons)[0][0] == (
        "退货后近 6 个月累计 ¥9,999.99，不足 ¥10,000.00，恢复为积分卡会员。"
    )


def test_a_return_withdraws_nothing_else() -> None:
    def withdrawn(spent: int, brought: bool) -> bool:
        facts = spending({DAY: spent}, tier="diamond_card")
        return bool(tier_ladder.withdrawal(designer_wear(), facts, day=DAY, at=AT, brought=brought).effects)

    assert not withdrawn(1_000_000, True)
    assert not withdrawn(0, False)


def test_a_step_that_later_days_have_reached_by_themselves_is_kept() -> None:
    def withdrawn(later: int) -> bool:
        facts = spending({DAY: 0, LATER: later}, tier="diamond_card")
        return bool(tier_ladder.withdrawal(designer_wear(), facts, day=DAY, at=AT, brought=True).effects)

    assert not withdrawn(1_000_000)
    assert withdrawn(999_999)


RUNGS = ", ".join(f"{{tier: {tier}, title: {{zh: {tier}, en: {tier}}}}}" for tier in ("none", "low", "mid", "top"))
STEPS = ", ".join(
    f"{{since: {since}, to: {to}, reach: {reach}, months: 12}}"
    for since, to, reach in (("none", "low", "2000.00"), ("low", "mid", "5000.00"), ("mid", "top", "10000.00"))
)
CARDS = compiled(
    ("tier_ladder", f"rungs: [{RUNGS}], promote: [{STEPS}], with_card: [low, mid, top]"),
    ("tier_ladder", "keep: [{tier: low, reach: 2000.00, falls_to: none, card: void}]"),
    ("tier_ladder", "keep: [{tier: mid, reach: 5000.00, falls_to: low}]"),
)


def carded(tier: str, days: dict[date, int], **changed: object) -> MemberFacts:
    return spending(days, tier=tier, **changed)


@pytest.mark.parametrize(
    ("spent", "say", "due"),
    [
        (199_999, "gap", "low"),
        (200_000, "card_due", "low"),
        (500_000, "card_due", "mid"),
        (2_000_000, "card_due", "top"),
    ],
)
def test_reaching_the_amount_makes_the_card_due_and_no_more(spent: int, say: str, due: str) -> None:
    decision = tier_ladder.decide(CARDS, carded("none", {DAY: spent}), day=DAY, at=AT, today=DAY, now=AT)
    assert decision.effects == ()
    assert [(reason.say, reason.values["tier"]) for reason in decision.reasons] == [(say, due)]


@pytest.mark.parametrize(("spent", "tier"), [(200_000, "low"), (499_999, "low"), (500_000, "mid"), (1_000_000, "top")])
def test_handing_the_card_out_makes_the_step(spent: int, tier: str) -> None:
    (effect,) = tier_ladder.on_card(CARDS, carded("none", {DAY: spent}), day=LATER, at=AT).effects
    assert isinstance(effect, SetTier) and effect.tier == tier


def test_a_card_that_is_not_due_is_refused_and_one_in_place_of_another_is_not() -> None:
    (effect,) = tier_ladder.on_card(CARDS, carded("none", {DAY: 199_999}), day=DAY, at=AT).effects
    assert isinstance(effect, Refuse) and (effect.code, effect.clause) == ("TierNotReached", "T-01")
    assert tier_ladder.on_card(CARDS, carded("low", {DAY: 1}), day=DAY, at=AT) == Decision()
    assert tier_ladder.on_card(designer_wear(), member(), day=DAY, at=AT) == Decision()
    (first,) = tier_ladder.first_card(CARDS).effects
    assert isinstance(first, Refuse)
    assert tier_ladder.first_card(designer_wear()) == Decision()


@pytest.mark.parametrize(
    ("tier", "spent", "falls"),
    [
        ("low", 199_999, "none"),
        ("low", 200_000, None),
        ("mid", 499_999, "low"),
        ("mid", 500_000, None),
        ("top", 0, None),
    ],
)
def test_what_a_year_takes(tier: str, spent: int, falls: str | None) -> None:
    first, last = date(2026, 1, 5), date(2027, 1, 4)
    decision = tier_ladder.review(CARDS, carded(tier, {DAY: spent}), first=first, last=last, at=AT)
    assert [effect.tier for effect in decision.effects if isinstance(effect, SetTier)] == ([falls] if falls else [])
    assert says(decision) == (
        [("T-02" if tier == "low" else "T-03", "fell" if falls else "kept")] if tier != "top" else []
    )


@pytest.mark.parametrize("changed", ["with_card: [gold]", "keep: [{tier: gold, reach: 1.00, falls_to: points_card}]"])
def test_tiers_named_by_a_card_must_exist(changed: str) -> None:
    assert found(("tier_ladder", f"rungs: [{RUNGS}]"), ("tier_ladder", changed))[0][:2] == ("refuse", "unknown_tier")
