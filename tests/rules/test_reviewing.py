"""The years of a card: judged at their ends, true when read, whatever the night has written down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from huiguan.rules.facts import CardFact, MemberFacts
from huiguan.rules.reviewing import as_it_stands, ends_at, judged, reviews
from tests.rules.buying import member, moment
from tests.rules.kinds.test_tier_ladder import RUNGS
from tests.rules.writing import compiled, designer_wear

PROGRAMME = compiled(
    ("tier_ladder", f"rungs: [{RUNGS}]"),
    ("tier_ladder", "keep: [{tier: low, reach: 2000.00, falls_to: none, card: void}]"),
    ("tier_ladder", "keep: [{tier: mid, reach: 5000.00, falls_to: low}]"),
    ("credential", "what: card, valid_years: 3"),
)
ISSUED = moment("2026-01-05 10:00")


def holder(tier: str, spent: dict[date, int], **card: Any) -> MemberFacts:
    held = CardFact("C1", "active", ISSUED, **card)
    return member(tier=tier, tier_since=ISSUED, card=held, days={day: {"spend": each} for day, each in spent.items()})


def read(facts: MemberFacts, at: str) -> tuple[str, str, datetime]:
    stands = as_it_stands(PROGRAMME, facts, moment(at))
    assert stands.card is not None
    return stands.tier, stands.card.status, stands.tier_since


@pytest.mark.parametrize(
    ("at", "tier", "card"),
    [
        ("2027-01-04 23:59:59", "low", "active"),
        ("2027-01-05 00:00:00", "none", "void"),
    ],
)
def test_the_second_the_year_ends(at: str, tier: str, card: str) -> None:
    assert read(holder("low", {}), at)[:2] == (tier, card)


def test_a_year_that_is_judged_is_not_judged_again() -> None:
    facts = holder("low", {}, reviewed_at=moment("2027-01-05 00:00"))
    assert read(facts, "2027-06-01 00:00")[:2] == ("low", "active")
    assert read(facts, "2028-01-05 00:00")[:2] == ("none", "void")


def test_two_years_nobody_looked_are_two_steps() -> None:
    assert [review.at for review in reviews(PROGRAMME, holder("mid", {}), moment("2028-03-01 00:00"))] == [
        moment("2027-01-05 00:00"),
        moment("2028-01-05 00:00"),
    ]
    assert read(holder("mid", {}), "2028-03-01 00:00") == ("none", "void", moment("2028-01-05 00:00"))


def test_the_last_year_ends_with_the_card_and_judges_nothing() -> None:
    spent = {date(2026, 2, 1): 200_000, date(2027, 2, 1): 200_000}
    assert read(holder("low", spent), "2029-01-04 23:59:59")[:2] == ("low", "active")
    assert read(holder("low", spent), "2029-01-05 00:00:00")[:2] == ("low", "expired")


def test_a_card_of_29_february_ends_on_the_28th() -> None:
    card = CardFact("C1", "active", moment("2028-02-29 10:00"))
    assert ends_at(PROGRAMME, card) == moment("2031-02-28 00:00")
    assert ends_at(PROGRAMME, CardFact("C2", "active", ISSUED, term_since=moment("2025-01-05 10:00"))) == moment(
        "2028-01-05 00:00"
    )


def test_a_rulebook_that_judges_nothing_leaves_everything_alone() -> None:
    facts = holder("low", {})
    assert not judged(designer_wear())
    assert as_it_stands(designer_wear(), facts, moment("2099-01-01 00:00")) is facts
