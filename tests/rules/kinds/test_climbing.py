"""Ways up a ladder: multiples of the step below, counts, and what a tier takes besides."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules import climbing
from huiguan.rules.effects import SetTier
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme
from tests.rules.buying import AT, DAY, member, says, told
from tests.rules.writing import compiled, found

RUNGS = ", ".join(f"{{tier: {tier}, title: {{zh: {tier}, en: {tier}}}}}" for tier in ("low", "mid", "top"))
LADDER = ("tier_ladder", f"rungs: [{RUNGS}]")
MID = ("tier_ladder", "promote: [{since: low, to: mid, reach: 1000.00}]")
TOP = ("tier_ladder", "multiply: [{since: mid, to: top, times: 2.5}]")
EARN = ("earn", "unit: points, per: 1.00, give: 1")


def climbs(programme: Programme, facts: MemberFacts) -> str:
    decision = tier_ladder.decide(programme, facts, day=DAY, at=AT, today=DAY, now=AT)
    return next((effect.tier for effect in decision.effects if isinstance(effect, SetTier)), facts.tier)


def spent(*months: int, tier: str = "low", each: int = 200_000, year: int = 2026) -> MemberFacts:
    """A purchase on the third of each of these months of `year`."""
    return member(tier=tier, days={date(year, month, 3): {"spend": each, "visits": 1} for month in months})


def test_a_multiple_follows_the_step_below() -> None:
    programme = compiled(LADDER, MID, TOP)
    assert [(way.to, way.parts[0].reach) for way in climbing.ways(programme)] == [("mid", 100_000), ("top", 250_000)]
    dearer = compiled(LADDER, ("tier_ladder", MID[1].replace("1000.00", "3000.01")), TOP)
    assert climbing.ways(dearer)[1].parts[0].reach == 750_003  # 3,000.01 × 2.5 = 7,500.025, rounded up to a fen


def test_without_months_all_since_joining_counts() -> None:
    programme = compiled(LADDER, MID)
    assert climbs(programme, spent(6, each=100_000, year=1999)) == "mid"
    assert climbs(programme, spent(6, each=99_999, year=1999)) == "low"
    gap = tier_ladder.gap(programme, spent(6, each=99_999), DAY)
    assert gap is not None
    assert told(programme, (gap,)) == [
        ("入会以来累计 ¥999.99，再消费 ¥0.01 晋级mid。", "¥999.99 since joining; ¥0.01 more makes mid.")
    ]


BESIDES = compiled(
    LADDER,
    ("tier_ladder", "promote: [{since: low, to: mid, reach: 10000.00}]"),
    ("tier_ladder", "also: [{to: mid, measure: active_months, least: 6, months: 6}]"),
)


@pytest.mark.parametrize(
    ("months", "tier"),
    [
        ((1, 2, 3, 4, 5, 6), "mid"),
        ((1, 2, 3, 4, 6), "low"),  # May is missing
        ((12, 1, 2, 3, 4, 5), "low"),  # none in June yet; December lies ahead
    ],
)
def test_the_amount_and_a_purchase_in_each_month(months: tuple[int, ...], tier: str) -> None:
    assert climbs(BESIDES, spent(*months, each=300_000)) == tier


def test_what_is_wanting_is_told() -> None:
    gap = tier_ladder.gap(BESIDES, spent(1, 2, 3, 6, each=300_000), DAY)
    assert gap is not None and (gap.say, gap.values["gap"]) == ("gap_by", 2)
    assert told(BESIDES, (gap,)) == [
        (
            "近 6 个自然月有购物的月份 4，再有 2 晋级mid。",
            "4 months with a purchase in the last 6 calendar months; 2 more for mid.",
        )
    ]
    short = tier_ladder.gap(BESIDES, spent(1, 2, 3, 4, 5, 6, each=1), DAY)
    assert short is not None and short.say == "gap"


def test_a_count_stands_beside_the_amount() -> None:
    counts = ("tier_ladder", "climb: [{since: low, to: mid, measure: visits, least: 3, months: 12}]")
    programme = compiled(LADDER, MID, counts)
    assert climbs(programme, spent(4, 5, each=100)) == "low"
    assert climbs(programme, spent(4, 5, 6, each=100)) == "mid"
    assert climbs(programme, spent(6, each=100_000)) == "mid"


def test_what_was_earned_counts_however_much_is_left() -> None:
    counts = ("tier_ladder", "climb: [{since: low, to: mid, measure: points, least: 1000}]")
    programme = compiled(LADDER, EARN, counts)
    assert climbing.earned_units(programme) == ("points",)
    assert climbs(programme, member(tier="low", days={DAY: {"earned:points": 999}})) == "low"
    assert climbs(programme, member(tier="low", days={DAY: {"earned:points": 1000}})) == "mid"


def test_a_return_takes_the_count_back() -> None:
    counts = ("tier_ladder", "climb: [{since: low, to: mid, measure: visits, least: 3}]")
    programme = compiled(LADDER, counts)
    decision = tier_ladder.withdrawal(programme, spent(5, 6, tier="mid"), day=DAY, at=AT, brought=True)
    assert says(decision) == [("T-02", "withdrawn_by")]
    kept = tier_ladder.withdrawal(programme, spent(4, 5, 6, tier="mid"), day=DAY, at=AT, brought=True)
    assert kept.effects == ()


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([LADDER, ("tier_ladder", "climb: [{since: low, to: mid, measure: stars, least: 3}]")], "unknown_unit"),
        ([LADDER, ("tier_ladder", "climb: [{since: mid, to: low, measure: visits, least: 3}]")], "downward"),
        ([LADDER, ("tier_ladder", "also: [{to: gold, measure: visits, least: 3}]")], "unknown_tier"),
        ([LADDER, MID, ("tier_ladder", "climb: [{since: low, to: top, measure: visits, least: 3}]")], "overlap"),
        ([LADDER, ("tier_ladder", "multiply: [{since: low, to: gold, times: 2}]")], "unknown_tier"),
    ],
)
def test_what_cannot_be_run(clauses: list[tuple[str, str]], expected: str) -> None:
    assert (found(*clauses)[0][0], found(*clauses)[0][1]) == ("refuse", expected)


@pytest.mark.parametrize(
    ("day", "tier"), [(date(2026, 3, 31), "low"), (date(2026, 4, 1), "mid"), (date(2026, 6, 15), "mid")]
)
def test_within_the_calendar_quarter(day: date, tier: str) -> None:
    programme = compiled(LADDER, ("tier_ladder", "promote: [{since: low, to: mid, reach: 2000.00, within: quarter}]"))
    assert climbs(programme, member(tier="low", days={day: {"spend": 200_000}})) == tier
    assert climbing.months_back(programme) == 3
    gap = tier_ladder.gap(programme, member(tier="low"), DAY)
    assert gap is not None
    assert told(programme, (gap,))[0][0] == "本季累计 ¥0.00，再消费 ¥2,000.00 晋级mid。"


def test_one_purchase_may_climb_several_rungs_and_its_return_goes_down_them() -> None:
    programme = compiled(LADDER, MID, TOP)
    assert climbs(programme, spent(6, each=250_000)) == "top"
    assert climbs(programme, spent(6, each=249_999)) == "mid"

    def left(amount: int, before: str) -> str:
        facts = spent(6, tier="top", each=amount)
        decision = tier_ladder.withdrawal(programme, facts, day=DAY, at=AT, brought=True, before=before)
        return next((effect.tier for effect in decision.effects if isinstance(effect, SetTier)), "top")

    assert [left(each, "low") for each in (250_000, 249_999, 100_000, 99_999)] == ["top", "mid", "mid", "low"]
    assert left(0, "mid") == "mid"  # no further than where the sale began
