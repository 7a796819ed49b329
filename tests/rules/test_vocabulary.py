"""The Python readers give every declared fact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from huiguan.kernel.moments import zone
from huiguan.rules.facts import CardFact, Line, MemberFacts, RightFact
from huiguan.rules.vocabulary import FACTS, RELATIONS, facts_of, line_values, member_values, quarter_start

# 31 January 2026 in UTC is already 1 February in Shanghai.
LATE = datetime(2026, 1, 31, 16, 30, tzinfo=UTC)


def member(**changed: object) -> MemberFacts:
    facts: dict[str, object] = {
        "membership": 1,
        "number": "M1",
        "standing": "active",
        "joined_at": LATE,
        "tier": "gold",
        "tier_since": LATE,
        "birthday": date(1992, 2, 29),
        "card": CardFact("C1", "active", LATE),
        "profile_complete": True,
        "days": {
            date(2025, 12, 31): {"visits": 1, "spend": 100},
            date(2026, 1, 5): {"visits": 2, "spend": 200},
            date(2026, 4, 1): {"visits": 1, "spend": 400},
            date(2026, 5, 9): {"visits": 1, "spend": 800},
        },
        "rights": (RightFact(7, "V1", "gift", "T-01", 2000, LATE, LATE, None, used_at=LATE),),
    }
    return MemberFacts(**{**facts, **changed})  # type: ignore[arg-type]


def test_a_member_s_facts_on_a_local_day() -> None:
    values = member_values(member(), date(2026, 4, 30), zone("Asia/Shanghai"))
    assert values == {
        "tier": "gold",
        "member_type": None,
        "standing": "active",
        "joined_on": date(2026, 2, 1),
        "tier_since": date(2026, 2, 1),
        "birthday_month": 2,
        "years_a_member": 0,
        "age": 34,
        "profile_complete": True,
        "card_status": "active",
        "visits_this_quarter": 1,
        "visits_this_year": 3,
        "spend_this_quarter": 400,
        "spend_this_year": 600,
        "rights": [{"right_name": "gift", "right_worth": 2000, "right_used": True}],
    }
    assert set(values) == {*facts_of("member"), *RELATIONS}


def test_what_is_not_known_is_missing() -> None:
    values = member_values(member(birthday=None, card=None, tier=""), date(2026, 4, 30), zone("Asia/Shanghai"))
    assert (values["birthday_month"], values["card_status"], values["tier"]) == (None, None, None)


def test_a_line_s_facts() -> None:
    line = Line("COAT", "coats", 2, list_price=30000, price=20000, promotion=True)
    assert line_values(line)["price_ratio"] == Fraction(2, 3)
    assert line_values(Line("GIFT", "", 1, 0, 0)) == {
        "sku": "GIFT",
        "category": None,
        "promotion": False,
        "quantity": 1,
        "list_price": 0,
        "price": 0,
        "price_ratio": None,
    }
    assert set(line_values(line)) == set(facts_of("line"))


def test_quarters_begin_in_january_april_july_and_october() -> None:
    days = {quarter_start(date(2026, month, 28)) for month in range(1, 13)}
    assert sorted(days) == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]


def test_every_fact_has_a_title_in_both_languages() -> None:
    assert all(fact.title.zh and fact.title.en for fact in FACTS.values())
