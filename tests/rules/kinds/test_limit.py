"""So many pieces of some goods in a period."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Refuse, Tally
from huiguan.rules.facts import Line
from huiguan.rules.kinds import limit
from tests.rules.buying import DAY, member
from tests.rules.writing import compiled, found

BOOK = compiled(("limit", "where: {category: hot}, quantity: 2, per: month"))


def line(quantity: int, category: str = "hot") -> Line:
    return Line("BAG", category, quantity, 100, 100)


def asked(quantity: int, had: int = 0, on: date = DAY, book=BOOK, **more):
    facts = member(days={on: {"bought:T-01": had}}, **more)
    return limit.decide(book, facts, (line(quantity), line(5, "other")), DAY)


@pytest.mark.parametrize(("quantity", "had", "refused"), [(2, 0, False), (1, 1, False), (1, 2, True), (3, 0, True)])
def test_the_third_is_refused(quantity: int, had: int, refused: bool) -> None:
    decision = asked(quantity, had)
    assert any(isinstance(effect, Refuse) for effect in decision.effects) == refused
    assert [effect.amount for effect in decision.effects if isinstance(effect, Tally)] == [quantity]


@pytest.mark.parametrize(
    ("per", "first", "last"),
    [
        ("day", "2026-06-15", "2026-06-15"), ("month", "2026-06-01", "2026-06-30"),
        ("quarter", "2026-04-01", "2026-06-30"), ("year", "2026-01-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_period_is_the_calendars(per: str, first: str, last: str) -> None:
    assert limit.period(per, DAY) == (date.fromisoformat(first), date.fromisoformat(last))


def test_what_was_had_before_the_period_counts_no_more() -> None:
    assert not any(isinstance(e, Refuse) for e in asked(2, had=2, on=date(2026, 5, 31)).effects)


def test_a_tier_may_be_left_out_of_it() -> None:
    book = compiled(
        ("limit", "where: {category: hot}, quantity: 2, per: month, tiers: [points_card]"),
        ("tier_ladder", "rungs: [{tier: points_card, title: {zh: 普, en: O}}, {tier: gold, title: {zh: 金, en: G}}]"),
    )
    assert any(isinstance(e, Refuse) for e in asked(3, book=book).effects)
    assert not any(isinstance(e, Refuse) for e in asked(3, book=book, tier="gold").effects)


def test_goods_it_does_not_mean_count_nothing() -> None:
    assert limit.decide(BOOK, member(), (line(9, "other"),), DAY).effects == ()
    assert limit.counted(BOOK, [line(2), line(1)]) == {"bought:T-01": 3}


def test_tiers_that_are_not_there_are_refused() -> None:
    assert ("refuse", "unknown_tier", "T-01") in found(
        ("limit", "where: {category: hot}, quantity: 2, per: month, tiers: [gold]")
    )
