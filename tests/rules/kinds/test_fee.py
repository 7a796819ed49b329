"""What a fee costs, when it is due, what being late costs and what comes back; figures worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules import owing
from huiguan.rules.kinds import fee
from huiguan.rules.owing import FINE, PAID, PRINCIPAL, RETURNED, UNPAID, WAIVED, Moved
from huiguan.rules.periods import Period, period_of
from tests.rules.writing import compiled, found

YEARLY = "name: yearly, amount: 1000.00, every: year, means: [cash], late: {days: 1}"
JOINED = date(2024, 5, 20)


def clause(more: str = "", base: str = YEARLY) -> Any:
    return compiled(("fee", f"{base}, {more}" if more else base)).of("fee")[0]


def planned(more: str, day: date, joined: date = JOINED, base: str = YEARLY, **facts: Any) -> list[tuple[int, date]]:
    plan = fee.plan(clause(more, base), fee.Payer(facts, joined), day)
    return [(each.amount, each.due) for each in plan.charges]


@pytest.mark.parametrize(
    ("first", "joined", "amount"),
    [
        ("full", date(2026, 12, 31), 100000),
        ("by_month", date(2026, 1, 31), 100000),
        ("by_month", date(2026, 2, 1), 91667),  # 11 of 12 months
        ("by_month", date(2026, 12, 31), 8333),
        ("by_day", date(2026, 12, 31), 274),  # 1 of 365 days
        ("by_day", date(2026, 1, 2), 99726),
        ("by_month", date(2026, 1, 1), 100000),  # from the first day on it is the whole period
    ],
)
def test_the_period_somebody_joined_in(first: str, joined: date, amount: int) -> None:
    assert planned(f"first: {first}", date(2026, 12, 31), joined)[0][0] == amount


def test_nothing_is_charged_for_it_where_the_clause_says_so() -> None:
    assert planned("first: none", date(2026, 6, 1), date(2026, 5, 1)) == []
    assert planned("first: none", date(2027, 6, 1), date(2026, 5, 1)) == [(100000, date(2027, 6, 1))]


@pytest.mark.parametrize(
    ("due", "day", "expected"),
    [
        ("{on: 03-31}", date(2026, 3, 31), date(2026, 3, 31)),
        ("{on: 03-31}", date(2026, 4, 1), date(2026, 5, 1)),  # thirty days
        ("{on: 03-31, days: 10}", date(2026, 4, 1), date(2026, 4, 11)),
        ("{days: 0}", date(2026, 4, 1), date(2026, 4, 1)),
        ("{months: 1}", date(2026, 1, 31), date(2026, 2, 28)),
        ("{workdays: 5}", date(2026, 6, 5), date(2026, 6, 12)),  # Friday to Friday
    ],
)
def test_due_days(due: str, day: date, expected: date) -> None:
    assert planned(f"due: {due}", day) == [(100000, expected)]


def test_the_first_row_that_fits_and_of_those_alike_the_newest() -> None:
    rows = "name: dues, every: year, means: [cash], late: {days: 1}, amounts: [{amount: 500.00, where: {tier: junior}}, {amount: 1000.00}, {amount: 1200.00, since: 2027-01-01}], exempt: {tier: honorary}"
    assert planned("", date(2026, 12, 31), base=rows, tier="senior")[0][0] == 100000
    assert planned("", date(2027, 1, 1), base=rows, tier="senior")[0][0] == 120000
    assert planned("", date(2026, 6, 1), base=rows, tier="junior")[0][0] == 50000
    assert planned("", date(2026, 6, 1), base=rows, tier="honorary") == []
    plan = fee.plan(clause("", rows), fee.Payer({"tier": "honorary"}, JOINED), date(2026, 6, 1))
    assert (plan.reason.say, plan.reason.given) == ("exempt", False)


def test_who_left_or_was_not_there_owes_nothing() -> None:
    rule = clause()
    gone = fee.plan(rule, fee.Payer({}, JOINED, belongs=False), date(2026, 6, 1))
    early = fee.plan(rule, fee.Payer({}, JOINED), date(2023, 6, 1))
    assert [(each.charges, each.reason.say) for each in (gone, early)] == [((), "after_end"), ((), "before")]


def test_instalments_come_to_the_whole() -> None:
    thirds = "name: x, amount: 100.00, due: {days: 0}, instalments: [{part: 1/3}, {part: 1/3, months: 1}, {part: 1/3, months: 2}]"
    told = planned("", date(2026, 1, 31), base=thirds)
    assert told == [(3334, date(2026, 1, 31)), (3333, date(2026, 2, 28)), (3333, date(2026, 3, 31))]


@pytest.mark.parametrize(
    ("every", "day", "first", "last"),
    [
        ("quarter", date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        ("half_year", date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_periods_of_the_calendar(every: str, day: date, first: date, last: date) -> None:
    assert period_of(every, "calendar", JOINED, day) == Period(first, last)


def test_periods_since_joining_keep_their_day() -> None:
    joined = date(2026, 1, 31)
    assert period_of("month", "joining", joined, date(2026, 2, 27)) == Period(joined, date(2026, 2, 27))
    assert period_of("month", "joining", joined, date(2026, 2, 28)) == Period(date(2026, 2, 28), date(2026, 3, 30))
    assert period_of("month", "joining", joined, date(2026, 3, 31)) == Period(date(2026, 3, 31), date(2026, 4, 29))
    assert period_of("year", "joining", JOINED, date(2026, 5, 19)) == Period(date(2025, 5, 20), date(2026, 5, 19))


def fined(moved: list[Moved], today: date) -> owing.Standing:
    rule = clause("grace: 10, fine: {a_day: 1/1000, most: 10%}")
    return fee.stands(rule, 100000, date(2026, 3, 31), moved, today)


@pytest.mark.parametrize(
    ("moved", "today", "left", "fine"),
    [
        ([], date(2026, 4, 10), 100000, 0),
        ([], date(2026, 4, 11), 100000, 100),
        ([], date(2026, 7, 18), 100000, 9900),
        ([], date(2026, 7, 19), 100000, 10000),
        ([], date(2027, 7, 19), 100000, 10000),
        ([Moved(PAID, PRINCIPAL, 100000, date(2026, 4, 10))], date(2026, 9, 1), 0, 0),
        ([Moved(PAID, PRINCIPAL, 100000, date(2026, 4, 11))], date(2026, 9, 1), 0, 100),
        ([Moved(PAID, PRINCIPAL, 60000, date(2026, 4, 12))], date(2026, 4, 14), 40000, 200 + 2 * 40),
        ([Moved(PAID, PRINCIPAL, 60000, date(2026, 1, 1)), Moved(UNPAID, PRINCIPAL, 60000, date(2026, 1, 1))], date(2026, 4, 11), 100000, 100),
        ([Moved(WAIVED, PRINCIPAL, 50000, date(2026, 4, 1))], date(2026, 4, 11), 50000, 50),
        ([Moved(PAID, PRINCIPAL, 100000, date(2026, 4, 11)), Moved(PAID, FINE, 100, date(2026, 5, 1))], date(2026, 9, 1), 0, 0),
        ([Moved(PAID, PRINCIPAL, 100000, date(2026, 1, 1)), Moved(RETURNED, PRINCIPAL, 100000, date(2026, 2, 1))], date(2026, 9, 1), 0, 0),
    ],
)  # fmt: skip
def test_grace_fine_and_limit(moved: list[Moved], today: date, left: int, fine: int) -> None:
    now = fined(moved, today)
    assert (now.left, now.fine) == (left, fine)


def test_parts_are_filled_in_their_order() -> None:
    split = "name: j, amount: 260.00, parts: [{purpose: dues, amount: 60.00}, {purpose: wallet, amount: 200.00, unit: principal}]"
    rule = clause("", split)
    assert [into for _, into in fee.part_amounts(rule, 5999)] == [5999, 0]
    assert [into for _, into in fee.part_amounts(rule, 6001)] == [6000, 1]
    assert [into for _, into in fee.part_amounts(rule, 26000)] == [6000, 20000]


@pytest.mark.parametrize(
    ("refund", "today", "amount", "say"),
    [
        ("nothing", date(2026, 1, 2), 0, "no_refund"),
        ("all, days: 7", date(2026, 1, 8), 120000, "refunds"),
        ("all, days: 7", date(2026, 1, 9), 0, "too_late"),
        ("unused_months", date(2026, 4, 30), 80000, "months_left"),  # May to December
        ("unused_months", date(2026, 5, 1), 70000, "months_left"),
        ("unused_months", date(2026, 12, 1), 0, "months_left"),
    ],
)
def test_what_comes_back(refund: str, today: date, amount: int, say: str) -> None:
    rule = clause(f"refund: {{what: {refund}}}")
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    told, why = fee.refundable(rule, 120000, date(2026, 1, 1), year, today)
    assert (told, why.say) == (amount, say)


def test_a_term_begins_behind_what_is_paid_for() -> None:
    assert owing.term_from(date(2026, 3, 10), None, 6) == Period(date(2026, 3, 10), date(2026, 9, 9))
    assert owing.term_from(date(2026, 3, 10), date(2026, 9, 9), 6) == Period(date(2026, 9, 10), date(2027, 3, 9))
    assert owing.term_from(date(2026, 10, 1), date(2026, 9, 9), 6) == Period(date(2026, 10, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("parameters", "finding"),
    [
        ("name: a, amount: 1.00, parts: [{purpose: x, amount: 0.99}]", ("refuse", "parts_differ")),
        ("name: a, amount: 1.00, instalments: [{part: 50%}]", ("refuse", "shares_differ")),
        ("name: a, amount: 1.00, due: {on: 03-31, months: 1}", ("refuse", "due_twice")),
        ("name: a, amount: 1.00, every: year", ("warn", "dues_unsaid")),
        ("name: a, amount: 1.00, fine: {a_day: 1%}", ("warn", "endless_fine")),
    ],
)
def test_what_is_told_when_read(parameters: str, finding: tuple[str, str]) -> None:
    assert finding in [each[:2] for each in found(("fee", parameters))]


def test_a_name_is_a_fee_of_its_own() -> None:
    twice = found(("fee", "name: a, amount: 1.00"), ("fee", "name: a, amount: 2.00"))
    assert ("refuse", "fee_twice", "T-02") in twice
    assert found(("fee", "name: a, amount: 1.00")) == []
