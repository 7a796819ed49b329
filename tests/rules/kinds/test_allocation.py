"""Who gets the scarce one: early hours by tier, ranks, bids in steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiguan.rules.facts import Line
from huiguan.rules.kinds import allocation
from huiguan.rules.mall import Offer
from tests.rules.buying import AT, moment, sale, says
from tests.rules.writing import compiled, found

LADDER = (
    "tier_ladder",
    "rungs: [{tier: ordinary, title: {zh: 普通, en: Ordinary}}, {tier: silver, title: {zh: 银卡, en: Silver}}, "
    "{tier: platinum, title: {zh: 白金, en: Platinum}}]",
)
BOOK = compiled(
    LADDER,
    ("catalogue", "unit: points"),
    ("allocation", "by: rank, early: {silver: 24, platinum: 48}, where: {category: hot}"),
    ("allocation", "by: auction, unit: points, step: 10"),
)
OFFER = Offer("BAG", "hot", "goods", 500, opens_at=moment("2026-06-15 10:00"))


@pytest.mark.parametrize(("tier", "first"), [
    ("ordinary", "2026-06-15 10:00"), ("silver", "2026-06-14 10:00"), ("platinum", "2026-06-13 10:00"),
])  # fmt: skip
def test_better_tiers_may_have_it_some_hours_before(tier: str, first: str) -> None:
    opens = moment(first)
    assert allocation.opens_at(BOOK, OFFER, tier)[0] == opens
    assert allocation.not_open(BOOK, OFFER, tier, opens) is None
    stop = allocation.not_open(BOOK, OFFER, tier, opens.replace(hour=9, minute=59))
    assert stop is not None and (stop.clause, stop.say) == ("T-03", "not_open")


def test_only_what_the_condition_means_opens_early() -> None:
    other = replace(OFFER, zone="home")
    assert allocation.opens_at(BOOK, other, "platinum")[0] == moment("2026-06-15 10:00")


def test_that_it_was_had_early_is_said() -> None:
    early = allocation.opened_early(BOOK, OFFER, "silver", moment("2026-06-15 09:59"))
    assert early is not None and early.values["hours"] == 24
    assert allocation.opened_early(BOOK, OFFER, "silver", moment("2026-06-15 10:00")) is None


def test_the_higher_rung_stands_first() -> None:
    assert sorted(["ordinary", "platinum", "", "silver"], key=lambda tier: allocation.rank(BOOK, tier)) == [
        "platinum", "silver", "ordinary", "",
    ]  # fmt: skip


def test_a_bid_is_the_reserve_then_a_step_above() -> None:
    clause = allocation.rule(BOOK, "auction")
    assert clause is not None
    assert allocation.least_bid(clause, 100, None, None) == 100
    assert allocation.least_bid(clause, 100, None, 100) == 110
    assert allocation.least_bid(clause, 100, 50, 120) == 170


def test_what_the_lint_refuses() -> None:
    assert ("refuse", "missing", "T-01") in found(("allocation", "by: auction"))
    assert ("refuse", "missing", "T-01") in found(("allocation", "by: wait_list"))
    assert ("refuse", "unknown_tier", "T-02") in found(LADDER, ("allocation", "by: rank, early: {gold: 24}"))
    assert ("refuse", "overlap", "T-02") in found(
        ("allocation", "by: draw, unit: points"), ("allocation", "by: draw, unit: points")
    )


@pytest.mark.parametrize(
    ("tier", "hours", "say"),
    [(None, 1, "not_open"), ("low", 24, "not_open"), ("top", 25, "not_open"), ("top", 24, "early")],
)
def test_at_the_till_goods_are_sold_early_to_some(tier: str | None, hours: int, say: str) -> None:
    book = compiled(
        ("tier_ladder", "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]"),
        ("allocation", "by: rank, early: {top: 24}, where: {category: hot}"),
    )
    line = Line("BAG", "hot", 1, 100, 100, opens_at=AT + timedelta(hours=hours))
    assert says(allocation.early(book, tier, replace(sale(), lines=(line,)))) == [("T-02", say)]
    assert allocation.early(book, tier, sale(100)).reasons == ()
    assert allocation.ranks(book, Line("BAG", "cold", 1, 100, 100)) == ()
