"""Points passed on: what travels, how much, and what must be verified."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.rules.effects import Refuse, Tally
from huiguan.rules.facts import LotFact
from huiguan.rules.kinds import transfer
from tests.rules.buying import AT, DAY, member
from tests.rules.writing import compiled, found

RULE = "unit: points, least: 100, a_day: 500, a_year: 1000, needs: [phone]"
BOOK = compiled(("transfer", RULE))
CLAUSE = transfer.rule(BOOK, "gift", "points")


def codes(units: int, *, has: int = 5000, today: int = 0, before: int = 0, giver=("phone",), taker=("phone",)):
    assert CLAUSE is not None
    days = {DAY: {"given:points": today}, DAY - timedelta(days=1): {"given:points": before}}
    decision = transfer.decide(CLAUSE, member(days=days), units, has=has, day=DAY, giver=giver, taker=taker)
    assert [e.amount for e in decision.effects if isinstance(e, Tally)] == [units]
    return [effect.code for effect in decision.effects if isinstance(effect, Refuse)]


def test_both_sides_of_every_bound() -> None:
    assert codes(100) == [] and codes(99) == ["AmountTooSmall"]
    assert codes(500) == [] and codes(501) == ["LimitReached"]
    assert codes(300, today=200) == [] and codes(301, today=200) == ["LimitReached"]
    assert codes(500, before=500) == [] and codes(500, before=501) == ["LimitReached"]
    assert codes(200, has=200) == [] and codes(200, has=199) == ["BalanceTooLow"]


def test_both_are_verified() -> None:
    assert codes(100, giver=()) == ["NotVerified"] and codes(100, taker=("identity",)) == ["NotVerified"]
    assert codes(100, giver=(), taker=()) == ["NotVerified", "NotVerified"]


@pytest.mark.parametrize(("rule", "kept"), [("rest_days: 7", [1]), ("again: true", [1, 2, 3]), ("life: new", [1, 2])])
def test_what_travels(rule: str, kept: list[int]) -> None:
    clause = transfer.rule(compiled(("transfer", f"unit: points, a_day: 9, {rule}")), "gift")
    assert clause is not None
    week = timedelta(days=7)
    lots = [
        LotFact((1, 1), 10, AT - week, None),
        LotFact((2, 1), 10, AT - week + timedelta(seconds=1), None),
        LotFact((3, 1), 10, AT - week, None),
        LotFact((4, 1), 10, AT - week, None, AT + timedelta(seconds=1)),
        LotFact((5, 1), 0, AT - week, None),
    ]
    there = transfer.travelling(clause, lots, {(3, 1)}, AT)
    assert [lot.key[0] for lot in there] == kept


def test_what_is_wrong_with_it() -> None:
    assert "gives_away" in codes_of(("transfer", "unit: points"))
    assert "disagreement" in codes_of(("transfer", "unit: points, a_day: 5, people: 3"))
    assert "disagreement" in codes_of(("transfer", "unit: points, way: pool, a_day: 5"))
    assert "disagreement" in codes_of(("transfer", RULE), ("transfer", RULE))


def codes_of(*clauses):
    return [code for _, code, _ in found(*clauses)]
