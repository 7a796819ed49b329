"""How long a membership lasts, to the moment."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from huiguan.rules.kinds import term
from huiguan.rules.standing import ACTIVE, APPROVED, SUSPENDED, Dated, opens, stands, turns
from tests.rules.writing import compiled, found

ZONE = ZoneInfo("Asia/Shanghai")


def clause(parameters: str):  # type: ignore[no-untyped-def]
    return compiled(("term", parameters)).clauses["T-01"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("parameters", "begun", "end"),
    [
        ("months: 12", date(2026, 3, 15), "2027-03-15"),
        ("months: 1", date(2026, 1, 31), "2026-02-28"),
        ("days: 30", date(2026, 3, 1), "2026-03-31"),
        ("until: 12-31", date(2026, 12, 31), "2027-01-01"),
        ("until: 03-31", date(2026, 4, 1), "2027-04-01"),
    ],
)
def test_when_it_ends(parameters: str, begun: date, end: str) -> None:
    assert term.ends(clause(parameters), begun, ZONE) == at(end)


def test_without_an_end() -> None:
    assert term.ends(clause("lifetime: true"), date(2026, 1, 1), ZONE) is None
    assert term.lapses(clause("lifetime: true"), None, ZONE) is None


def test_opening_grace_and_renewal() -> None:
    rule = clause("months: 12, grace: 30, opens_after: 3, renew_from: 60, gap: 90")
    assert term.opens(rule, at("2026-03-01T17:00"), ZONE) == at("2026-03-04")
    end = at("2027-03-04")
    lapse = term.lapses(rule, end, ZONE)
    assert lapse == at("2027-04-03")
    early = term.renewal(rule, end, lapse, at("2027-01-02T23:59:59"), ZONE)
    assert (early.say, early.given, early.values["first"]) == ("too_early", False, "2027-01-03")
    assert term.renewal(rule, end, lapse, at("2027-01-03"), ZONE).say == "follows"
    assert term.renewal(rule, end, lapse, at("2027-04-02T23:59:59"), ZONE).say == "follows"
    assert term.renewal(rule, end, lapse, at("2027-04-03"), ZONE).say == "anew"
    assert term.unbroken(rule, lapse, at("2027-07-01T12:00"), ZONE)
    assert not term.unbroken(rule, lapse, at("2027-07-02"), ZONE)


def test_a_standing_turns_of_itself() -> None:
    dates = Dated(opens_at=at("2026-03-04"), lapses_at=at("2027-04-03"))
    assert stands(APPROVED, dates, at("2026-03-03T23:59:59")) == "approved"
    assert stands(APPROVED, dates, at("2026-03-04")) == "active"
    assert [turn.to for turn in turns(APPROVED, dates, at("2027-04-03"))] == ["active", "lapsed"]
    away = Dated(resumes_at=at("2026-06-01"), exits_at=at("2026-07-01"), barred_until=at("2031-07-01"))
    assert stands(SUSPENDED, away, at("2026-06-01")) == "active"
    assert stands(SUSPENDED, away, at("2026-07-01")) == "barred"
    assert stands(SUSPENDED, away, at("2031-07-01")) == "exited"
    assert stands(ACTIVE, Dated(), at("2031-07-01")) == "active"
    assert stands("frozen", Dated(lapses_at=at("2026-01-01")), at("2027-01-01")) == "frozen"


def test_what_a_standing_opens() -> None:
    assert opens("provisional") == {"papers", "data"}
    assert "vote" in opens("active") and "vote" not in opens("suspended")
    assert opens("active", frozenset({"activities"})) == {"activities", "papers", "data", "renew", "exit"}
    assert opens("expelled") == frozenset()


def test_what_the_lint_finds() -> None:
    assert [code for _, code, _ in found(("term", "days: 3, months: 1"))] != []
    assert [code for _, code, _ in found(("term", "grace: 3"))] != []


FEE = ("fee", "name: yearly, amount: 260.00, every: year, means: [cash], late: {days: 0, then: note}")


def test_for_as_long_as_it_is_paid() -> None:
    rule = compiled(("term", "paid: yearly, grace: 10"), FEE).clauses["T-01"]
    assert term.ends(rule, date(2026, 3, 10), ZONE) == at("2026-03-11")
    assert term.paid_to(rule, date(2026, 3, 10), date(2026, 12, 31), ZONE) == at("2027-01-01")
    assert term.paid_to(rule, date(2026, 3, 10), date(2025, 12, 31), ZONE) == at("2026-03-11")
    assert term.renewal(rule, at("2027-01-01"), at("2027-01-11"), at("2026-12-01"), ZONE).say == "by_paying"


def test_what_it_is_paid_by_says_until_when() -> None:
    assert found(("term", "paid: yearly"), FEE) == []
    assert [code for _, code, _ in found(("term", "paid: dues"), FEE)] == ["unknown_fee"]
    once = ("fee", "name: yearly, amount: 260.00, every: once, means: [cash], late: {days: 0, then: note}")
    assert [code for _, code, _ in found(("term", "paid: yearly"), once)] == ["no_period"]
