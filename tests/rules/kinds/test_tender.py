"""Stored value as a means of payment: which part pays, for what, and what of it earns."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from huiguan.rules.effects import Spend
from huiguan.rules.facts import LotFact
from huiguan.rules.kinds import earn, tender
from huiguan.rules.wallet import Parts, Stored, kept
from tests.rules.buying import JOINED, bill, member, says
from tests.rules.writing import compiled, found

TOP_UP = ("top_up", "minimum: 1.00")


def programme(parameters: str = "", *more: tuple[str, str]) -> Any:
    return compiled(TOP_UP, *([("tender", parameters)] if parameters else []), *more)


def holder(principal: int, bonus: int) -> Any:
    lots = {"principal": (LotFact((1, 1), principal, JOINED, None),), "bonus": (LotFact((1, 2), bonus, JOINED, None),)}
    return member(lots=lots)


def paid(rulebook: Any, facts: Any, *prices: int, **given: Any) -> tuple[int, int]:
    decision = tender.decide(rulebook, facts, bill(*prices, **given))
    spent = {each.unit: each.amount for each in decision.effects if isinstance(each, Spend)}
    return spent.get("principal", 0), spent.get("bonus", 0)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", (10000, 0)),
        ("spend: principal_first", (10000, 0)),
        ("spend: bonus_first", (5000, 5000)),
        ("spend: ratio", (9091, 909)),  # 100 shared by 500 and 50
    ],
)
def test_which_part_pays(parameters: str, expected: tuple[int, int]) -> None:
    assert paid(programme(parameters), holder(50000, 5000), 10000, wallet=10000) == expected


def test_the_odd_fen_goes_to_the_larger_remainder() -> None:
    rulebook = programme("spend: ratio")
    assert [paid(rulebook, holder(200, 100), amount, wallet=amount) for amount in (1, 2, 3, 4)] == [
        (1, 0), (1, 1), (2, 1), (3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "say"), [(55000, "paid"), (55001, "short"), (60001, "too_much")])
def test_no_more_than_there_is_or_is_due(asked: int, say: str) -> None:
    decision = tender.decide(programme(), holder(50000, 5000), bill(60000, wallet=asked))
    assert says(decision) == [("T-01", say)]


def test_bonus_buys_only_certain_goods() -> None:
    rulebook = programme("bonus_for: {category: category0}, spend: bonus_first")
    # The first line is of category0, the second is not.
    assert paid(rulebook, holder(10000, 10000), 4000, 6000, wallet=10000) == (6000, 4000)
    decision = tender.decide(rulebook, holder(5999, 10000), bill(4000, 6000, wallet=10000))
    assert says(decision) == [("T-02", "bonus_short")]
    assert decision.reasons[0].values == {"has": 9999, "needs": 10000, "gap": 1, "eligible": 4000}


def test_of_itself_only_where_no_means_is_named() -> None:
    facts = holder(5000, 0)
    assert paid(programme("of_itself: true"), facts, 6000, wallet=None) == (5000, 0)
    assert paid(programme("of_itself: true"), facts, 6000, wallet=0) == (0, 0)
    assert paid(programme(), facts, 6000, wallet=None) == (0, 0)


def test_offered_where_not_asked_for() -> None:
    decision = tender.decide(programme(), holder(5000, 0), bill(6000))
    assert decision.reasons[0].values == {"has": 5000, "most": 5000}
    assert says(decision) == [("T-01", "ready")]


@pytest.mark.parametrize(("earns", "points"), [("all", 100), ("principal", 60), ("none", 0)])
def test_what_of_it_earns(earns: str, points: int) -> None:
    rulebook = programme(f"spend: bonus_first, earns: {earns}", ("earn", "unit: points, per: 1.00, give: 1"))
    whole = bill(10000)
    seen = whole.without(tender.silent_lines(rulebook, whole, Parts(6000, 4000)))
    assert sum(each.amount for each in earn.decide(rulebook, seen).effects) == points  # type: ignore[union-attr]


@pytest.mark.parametrize(("amount", "needed"), [(20000, False), (20001, True)])
def test_proof_above_an_amount(amount: int, needed: bool) -> None:
    found_proofs = tender.proofs(programme("proof_above: 200.00, proof: [pin]"), amount)
    assert (found_proofs is not None) is needed
    assert found_proofs is None or found_proofs[1] == ("pin",)


def test_orders_and_people_it_is_not_for() -> None:
    rulebook = programme("not_on: [group], in_person: true")
    facts = holder(5000, 0)
    assert says(tender.decide(rulebook, facts, bill(100, wallet=100, order=("group",)))) == [("T-02", "group")]
    assert says(tender.decide(rulebook, facts, bill(100, wallet=100, by_member=False))) == [("T-02", "not_in_person")]


@pytest.mark.parametrize("order", ["principal_first", "bonus_first", "ratio"])
def test_what_is_kept_falls_with_the_goods_and_never_rises(order: str) -> None:
    paid_parts = Stored(Parts(300, 200), 700, 350)
    seen = [kept(order, paid_parts, due, min(due, 350)) for due in range(700, -1, -1)]
    assert seen[0] == Parts(300, 200)
    assert seen[-1] == Parts(0, 0)
    for more, less in itertools.pairwise(seen):
        assert less.principal <= more.principal
        assert less.bonus <= more.bonus
    # Other means gave 200: never is more asked of them.
    assert all(due - parts.total <= 200 for due, parts in zip(range(700, -1, -1), seen, strict=True))


@pytest.mark.parametrize("order", ["principal_first", "bonus_first", "ratio"])
def test_no_part_rises_whichever_goods_come_back(order: str) -> None:
    """Of 100 that bonus may pay for and 100 that it may not, 50 and 50 were paid: every way down, fen by fen."""
    paid_parts = Stored(Parts(50, 50), 200, 100)
    kept_of = {(food, wine): kept(order, paid_parts, food + wine, food) for food in range(101) for wine in range(101)}
    assert kept_of[100, 100] == Parts(50, 50)
    assert kept_of[0, 0] == Parts(0, 0)
    for (food, wine), parts in kept_of.items():
        for less in (kept_of.get((food - 1, wine)), kept_of.get((food, wine - 1))):
            assert less is None or (less.principal <= parts.principal and less.bonus <= parts.bonus)
        assert food + wine - parts.total <= 100
        assert parts.bonus <= food


def test_principal_of_goods_bonus_may_not_pay_for_stays_with_them() -> None:
    # Bonus paid 50 of the food; of the other 150 owed principal paid a third: 33 of the wine's 100, 17 of the food.
    paid_parts = Stored(Parts(50, 50), 200, 100)
    assert kept("bonus_first", paid_parts, 150, 50) == Parts(33, 33)
    assert kept("bonus_first", paid_parts, 100, 0) == Parts(33, 0)
    assert kept("bonus_first", paid_parts, 100, 100) == Parts(17, 50)


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([("tender", "spend: ratio")], [("refuse", "no_top_up", "T-01")]),
        ([TOP_UP, ("tender", "spend: ratio"), ("tender", "spend: bonus_first")], [("refuse", "disagreement", "T-03")]),
        ([TOP_UP, ("tender", "proof: [pin]")], [("refuse", "no_threshold", "T-02")]),
    ],
)
def test_what_cannot_be_run(clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]) -> None:
    assert found(*clauses) == expected
