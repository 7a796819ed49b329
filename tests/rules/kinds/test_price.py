"""Members' prices: who gets them, and what is sold to members only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.rules.effects import NOTHING, Refuse
from huiguan.rules.facts import Line, Sale
from huiguan.rules.kinds import price
from tests.rules.buying import sale, says
from tests.rules.writing import compiled, found

PROGRAMME = compiled(
    ("price", "holds: [member], shown: [card], before: scanning"),
    ("price", "holds: [exclusive]"),
)


def sold(*lines: Line) -> Sale:
    return replace(sale(1), lines=lines)


def line(ordinary: int, held: int | None, *, mine: bool, only: bool = False) -> Line:
    asked = held if mine and held is not None and held < ordinary else ordinary
    return Line("SKU", "", 1, ordinary, asked, None, False, held, mine, ordinary, only)


@pytest.mark.parametrize(
    ("member", "shown", "after", "at", "entitled"),
    [
        (True, "card", 0, 0, True),
        (True, "card", 1, 0, False),
        (True, "card", 1, 1, True),
        (True, "number", 0, 0, False),
        (True, "none", 0, 0, False),
        (False, "card", 0, 0, False),
    ],
)
def test_the_card_shown_before_the_goods_are_scanned(
    member: bool, shown: str, after: int, at: int, entitled: bool
) -> None:
    rule = price.terms(PROGRAMME)
    assert rule is not None
    assert price.entitled(rule, member=member, shown=shown, shown_at=after, line=at) == entitled


def test_without_before_the_card_may_come_at_the_end() -> None:
    rule = price.terms(compiled(("price", "holds: [member]")))
    assert rule is not None
    assert price.entitled(rule, member=True, shown="none", shown_at=9, line=0)


def test_what_is_saved_and_what_would_have_been() -> None:
    decision = price.decide(
        PROGRAMME, sold(line(8990, 7990, mine=True), line(8990, 7990, mine=False), line(5, None, mine=True))
    )
    assert [(r.clause, r.say, r.values["off"]) for r in decision.reasons] == [
        ("T-01", "given", 1000),
        ("T-01", "not_shown", 1000),
    ]
    assert decision.effects == ()


def test_a_member_price_above_the_ordinary_one_saves_nothing() -> None:
    assert price.decide(PROGRAMME, sold(line(1000, 1100, mine=True))).reasons == ()


def test_goods_for_members_only_are_refused_to_others() -> None:
    decision = price.decide(PROGRAMME, sold(line(5000, None, mine=False), line(300, 50, mine=False, only=True)))
    (effect,) = decision.effects
    assert isinstance(effect, Refuse)
    assert (effect.clause, effect.code, effect.field) == ("T-02", "MembersOnly", "lines.1.sku")
    assert says(price.decide(PROGRAMME, sold(line(300, 50, mine=True, only=True)))) == [("T-02", "given")]


def test_a_rulebook_without_member_prices_looks_at_none() -> None:
    silent = compiled(("statement", ""))
    assert price.terms(silent) is None
    assert price.decide(silent, sold(line(300, 50, mine=True))) is NOTHING


def test_one_clause_says_that_a_price_holds() -> None:
    assert found(("price", "holds: [member]"), ("price", "holds: [exclusive, member]")) == [
        ("refuse", "overlap", "T-02")
    ]
