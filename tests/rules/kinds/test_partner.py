"""Another house's points: rates, blocks, bounds and what is owed."""

from __future__ import annotations

import pytest

from huiguan.rules.effects import Refuse, Tally
from huiguan.rules.kinds import partner
from tests.rules.buying import DAY, member
from tests.rules.writing import compiled, found

NAME = "partner: inn, called: {zh: 店, en: Inn}, unit: points"
RATES = (
    "gives: 1/2, takes: 3/2, earns: 0.5, block: 100, fee: 10, least: 200, a_day: 1000, in_a_year: 900, "
    "we_pay: 0.80, they_pay: 0.50"
)
BOOK = compiled(("partner", f"{NAME}, {RATES}"))
TERMS = partner.partners(BOOK)["inn"]


@pytest.mark.parametrize(
    ("direction", "amount", "comes"),
    [
        ("out", 1000, (1000, 500, 10, 400)),  # 500 of theirs at 0.80 for a hundred
        ("out", 1, (1, 0, 10, 0)),
        ("in", 333, (499, 333, 0, 250)),  # 499.5 → 499; 249.5 fen → 250
        ("earned", 12_345, (61, 12_345, 0, 31)),  # 123.45 yuan → 61.725 → 61; 30.5 fen → 31
    ],
)
def test_what_it_comes_to(direction: str, amount: int, comes: tuple[int, ...]) -> None:
    what = partner.exchanged(TERMS, direction, amount)
    assert (what.ours, what.theirs, what.fee, what.owed) == comes


def test_up_where_the_clause_says_so() -> None:
    terms = partner.partners(compiled(("partner", f"{NAME}, gives: 1/3, we_pay: 1.00, round: up")))["inn"]
    assert [partner.exchanged(terms, "out", n).theirs for n in (1, 3, 4)] == [1, 1, 2]


def codes(direction: str, amount: int, *, has: int = 5000, had: int = 0, verified=()):
    days = {DAY: {f"{'out' if direction == 'out' else 'in'}:inn": had}}
    _, decision = partner.decide(TERMS, member(days=days), direction, amount, has=has, day=DAY, verified=verified)
    assert sum(isinstance(e, Tally) for e in decision.effects) == 1
    return [effect.code for effect in decision.effects if isinstance(effect, Refuse)]


def test_both_sides_of_every_bound() -> None:
    assert codes("out", 200) == [] and codes("out", 100) == ["AmountTooSmall"]
    assert codes("out", 250) == ["BlockWrong"]
    assert codes("out", 1000) == [] and codes("out", 1100) == ["LimitReached"]
    assert codes("out", 500, had=500) == [] and codes("out", 600, had=500) == ["LimitReached"]
    assert codes("out", 1000, has=1010) == [] and codes("out", 1000, has=1009) == ["BalanceTooLow"]
    assert codes("in", 600) == [] and codes("in", 601) == ["LimitReached"]  # 900 and 901 of ours
    assert codes("in", 1) == [] and codes("earned", 199) == ["AmountTooSmall"]


def test_a_direction_nobody_agreed_on() -> None:
    terms = partner.partners(compiled(("partner", f"{NAME}, takes: 1")))["inn"]
    _, decision = partner.decide(terms, member(), "out", 100, has=500, day=DAY, verified=())
    assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == ["WayNotOffered"]


def test_what_must_be_verified() -> None:
    terms = partner.partners(compiled(("partner", f"{NAME}, takes: 1, needs: [identity]")))["inn"]
    for verified, wanted in (((), ["NotVerified"]), (("identity",), [])):
        _, decision = partner.decide(terms, member(), "in", 5, has=0, day=DAY, verified=verified)
        assert [effect.code for effect in decision.effects if isinstance(effect, Refuse)] == wanted


def test_clauses_of_one_partner_are_read_together() -> None:
    book = compiled(("partner", f"{NAME}, takes: 1"), ("partner", "partner: inn, in_a_year: 5"))
    terms = partner.partners(book)["inn"]
    assert terms.said.in_a_year == 5 and terms.who("in_a_year") == "T-02" and terms.who("takes") == "T-01"


def test_what_is_wrong_with_it() -> None:
    assert "gives_nothing" in codes_of(("partner", NAME))
    assert "missing_key" in codes_of(("partner", "partner: inn, takes: 1"))
    assert "gives_away" in codes_of(("partner", f"{NAME}, gives: 2, takes: 1, we_pay: 1.00"))
    assert "worthless" in codes_of(("partner", f"{NAME}, gives: 1"))
    assert "disagreement" in codes_of(("partner", f"{NAME}, takes: 1"), ("partner", "partner: inn, takes: 2"))


def codes_of(*clauses):
    return [code for _, code, _ in found(*clauses)]
