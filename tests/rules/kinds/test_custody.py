"""The law on prepaid cards, on both sides of each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules import laws, outstanding
from huiguan.rules.kinds import custody
from tests.rules.writing import compiled, found

TOP_UP = ("top_up", "minimum: 1.00")
FILED = "law: cn-prepaid, edition: 2025-05-01, filing: F-1, custodian: 银行"


def programme(more: str = "", filed: str = FILED, top_up: str = "minimum: 1.00") -> Any:
    return compiled(("top_up", top_up), ("custody", filed + (f", {more}" if more else "")))


def asked(amount: int, **given: Any) -> custody.Happening:
    return custody.Happening(**{"amount": amount, "held": amount, "known": True, **given})


def broken(rulebook: Any, happening: custody.Happening) -> list[str]:
    return [reason.say for reason in custody.topping_up(rulebook, happening).reasons]


@pytest.mark.parametrize(
    ("fits", "breaks", "say"),
    [
        (asked(1, held=500000), asked(1, held=500001), "named_cap"),
        (asked(1, held=100000, named=False), asked(1, held=100001, named=False), "unnamed_cap"),
        (asked(100, known=False, shown=True), asked(100, known=False), "named_identity"),
        (asked(100, named=False, known=False), asked(1000000, named=False, held=1, known=False), "unnamed_identity"),
        (asked(499999, cash=1, unit=True), asked(500000, cash=1, unit=True), "unit_transfer"),
        (asked(4999999, cash=1, held=1), asked(5000000, cash=1, held=1), "person_transfer"),
        (asked(500000, unit=True), asked(500000, cash=500000, unit=True), "unit_transfer"),
    ],
)
def test_on_both_sides_of_a_figure(fits: custody.Happening, breaks: custody.Happening, say: str) -> None:
    assert broken(programme(), fits) == []
    assert broken(programme(), breaks) == [say]


@pytest.mark.parametrize("missing", ["filing: F-1", "custodian: 银行"])
def test_nothing_is_stored_without_filing_and_custodian(missing: str) -> None:
    assert broken(programme(filed=f"law: cn-prepaid, edition: 2025-05-01, {missing}"), asked(100)) == ["filing"]


def test_a_rule_may_be_switched() -> None:
    over = asked(1, held=500001)
    for does, effects in (("block", ["Refuse"]), ("warn", ["Warn"]), ("off", [])):
        rulebook = programme(f"switches: [{{rule: named_cap, does: {does}}}]")
        assert [type(effect).__name__ for effect in custody.topping_up(rulebook, over).effects] == effects


@pytest.mark.parametrize(("months", "named", "says"), [(36, True, True), (36, False, False), (35, False, True)])
def test_how_long_principal_must_live(months: int, named: bool, says: bool) -> None:
    rulebook = programme("cards: unnamed", top_up=f"principal_months: {months}")
    kind = "named" if named else "unnamed"
    assert (f"{kind}_validity" in broken(rulebook, asked(100, named=named))) is says


def test_refunds() -> None:
    rulebook = programme()
    assert custody.refunding(rulebook, custody.Happening(10000, cash=10000, shown=True)).reasons == ()
    over = custody.refunding(rulebook, custody.Happening(10001, cash=10001))
    assert [reason.say for reason in over.reasons] == ["refund_identity", "refund_cash"]


@pytest.mark.parametrize(("day", "given"), [(8, True), (9, False)])
def test_seven_days(day: int, given: bool) -> None:
    paid = date(2026, 6, 1)
    assert (custody.given_back(programme(), paid, date(2026, 6, day)) is not None) is given
    earlier = programme(filed="law: cn-prepaid, edition: 2012-11-01, filing: F-1, custodian: 银行")
    assert custody.given_back(earlier, paid, paid) is None


@pytest.mark.parametrize(
    ("parameters", "total", "quarter", "held", "says"),
    [
        ("revenue: 1000.00", 40000, 0, 0, []),
        ("revenue: 1000.00", 40001, 0, 0, ["ceiling"]),
        ("issuer: services, revenue: 1000.00", 100001, 0, 0, ["ceiling"]),
        ("issuer: group, revenue: 1000.00", 30001, 0, 9000, ["ceiling"]),
        ("young: true, capital: 100.00", 20001, 0, 0, ["ceiling"]),
        ("", 1, 0, 0, ["figure_missing"]),
        ("revenue: 1000.00, large: true", 1, 10001, 2001, []),
        ("revenue: 1000.00, large: true", 1, 10001, 2000, ["custody"]),  # 20 % of 100.01, a fen begun is whole
        ("revenue: 1000.00, large: true, guaranteed: true", 1, 10001, 0, []),
        ("issuer: brand, revenue: 1000.00", 1, 10000, 3999, ["custody"]),
    ],
)
def test_what_is_watched(parameters: str, total: int, quarter: int, held: int, says: list[str]) -> None:
    reasons = outstanding.watched(programme(parameters), outstanding=total, quarter_end=quarter, in_custody=held)
    assert [reason.say for reason in reasons] == says


def test_the_till_tells_of_the_ceiling() -> None:
    rulebook = programme("revenue: 1000.00")
    assert broken(rulebook, asked(100, outstanding=39900)) == []
    assert broken(rulebook, asked(101, outstanding=39900)) == ["ceiling"]


def test_every_rule_says_how_it_was_confirmed() -> None:
    for edition in laws.editions("cn-prepaid"):
        assert {rule.checked for rule in edition.rules.values()} <= {"text", "secondary", "assumed"}
        assert all(rule.article.zh and rule.article.en for rule in edition.rules.values())
    assert [each.since.isoformat() for each in laws.editions("cn-prepaid")] == ["2012-11-01", "2025-05-01"]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([TOP_UP, ("custody", FILED), ("custody", FILED)], [("refuse", "law_twice", "T-03")]),
        ([TOP_UP, ("custody", "law: cn-prepaid, edition: 2024-01-01")], [("refuse", "unknown_edition", "T-02")]),
        ([TOP_UP, ("custody", "law: cn-prepaid, edition: 2012-11-01")], [("warn", "old_edition", "T-02")]),
        ([("top_up", "principal_months: 12"), ("custody", FILED)], [("warn", "short_lived", "T-02")]),
    ],
)
def test_what_cannot_be_run_and_what_is_unwise(
    clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert found(*clauses) == expected
