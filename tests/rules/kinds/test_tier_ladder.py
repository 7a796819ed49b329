"""Stepping up on a rolling window, and back when a return takes the ground away."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Decision, SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tier_ladder
from tests.rules.buying import AT, DAY, member, says, told
from tests.rules.writing import compiled, designer_wear

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
