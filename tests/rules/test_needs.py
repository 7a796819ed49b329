"""What a rulebook must know is the union of what its clauses ask."""

from __future__ import annotations

from datetime import date

from huiguan.rules.needs import Needs, needs
from tests.rules.writing import compiled, designer_wear


def test_the_designer_wear_rulebook_reads_a_year_back() -> None:
    assert needs(designer_wear()) == Needs(
        facts=frozenset({"visits_this_quarter"}),
        measures=frozenset({"spend", "visits", "used:birthday", "used:redemption"}),
        days_back=366,
    )


def test_a_rulebook_that_asks_nothing_reads_the_day_alone() -> None:
    found = needs(compiled(("statement", "")))
    assert found == Needs(measures=frozenset({"spend", "visits"}), days_back=0)
    assert found.since(date(2026, 3, 1)) == date(2026, 3, 1)


def test_a_ladder_of_months_is_read_back_far_enough() -> None:
    rungs = "rungs: [{tier: a, title: {zh: 甲, en: A}}, {tier: b, title: {zh: 乙, en: B}}]"
    programme = compiled(("tier_ladder", f"{rungs}, promote: [{{since: a, to: b, reach: 1.00, months: 18}}]"))
    assert needs(programme).days_back == 18 * 31
    assert needs(programme).since(date(2026, 12, 31)) <= date(2025, 7, 1)
