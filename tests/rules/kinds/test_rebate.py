"""A share of the year's purchases, by the band they reach."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import NOTHING, Earn, Tally
from huiguan.rules.kinds import rebate
from tests.rules.buying import member, moment, told
from tests.rules.writing import compiled, found

BANDS = "bands: [{spend: 1000.00, part: 1%}, {spend: 3000.00, part: 2%}]"
BOOK = compiled(("rebate", f"{BANDS}, months: 12"))
END = date(2026, 12, 31)


def given(spend: int, on: date = date(2026, 6, 1), book=BOOK, **measures: int):
    facts = member(days={on: {"spend": spend}, END: measures})
    return rebate.decide(book, book.clauses["T-01"], facts, END)


@pytest.mark.parametrize(("spend", "amount"), [(100000, 1000), (299999, 2999), (300000, 6000)])
def test_the_highest_band_reached_gives_its_share_of_all(spend: int, amount: int) -> None:
    assert given(spend).effects == (
        Earn("T-01", "bonus", amount, moment("2028-01-01 00:00"), "T-01"),
        Tally("T-01", "rebated:T-01", amount),
    )


def test_below_the_first_band_in_another_year_or_given_already_it_is_nothing() -> None:
    assert given(99999) == NOTHING
    assert given(300000, date(2025, 12, 31)) == NOTHING
    assert given(300000, **{"rebated:T-01": 6000}) == NOTHING


def test_it_is_told_with_its_figures() -> None:
    assert told(BOOK, given(300000).reasons) == [
        ("2026 年实付 ¥3,000.00，返 2%，存入 ¥60.00。", "¥3,000.00 paid in 2026: 2% of it, ¥60.00, is stored.")
    ]


def test_it_may_have_no_end_and_be_for_some_tiers() -> None:
    rungs = (
        "tier_ladder",
        "rungs: [{tier: points_card, title: {zh: 普, en: O}}, {tier: gold, title: {zh: 金, en: G}}]",
    )
    book = compiled(("rebate", f"{BANDS}, tiers: [gold]"), rungs)
    facts = member(days={END: {"spend": 300000}})
    assert rebate.decide(book, book.clauses["T-01"], facts, END) == NOTHING
    (earned, _) = rebate.decide(book, book.clauses["T-01"], member(tier="gold", days=facts.days), END).effects
    assert isinstance(earned, Earn) and earned.expires_at is None


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("bands: [{spend: 1.00, part: 1%}, {spend: 1.00, part: 2%}]", "overlap"),
        ("bands: [{spend: 1.00, part: 2%}, {spend: 2.00, part: 1%}]", "disagreement"),
        ("bands: [{spend: 1.00, part: 50%}]", "wrong_value"),
        ("bands: [{spend: 1.00, part: 1%}], tiers: [gold]", "unknown_tier"),
    ],
)
def test_lint(bands: str, code: str) -> None:
    assert ("refuse", code, "T-01") in found(("rebate", bands))
