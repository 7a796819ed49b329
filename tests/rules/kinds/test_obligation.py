"""By when something is owed, what calls for it, and how it stands on the day and the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import obligation
from huiguan.rules.kinds.obligation import Known
from tests.rules.kinds.test_duty import said as duty
from tests.rules.writing import compiled, found

CALLED = "called: {zh: 报告, en: report}"
FORM = (
    "procedure",
    "name: reporting, of: record, opened_by: [member], fields: [{name: event, title: {zh: 事, en: What}}, "
    "{name: happened_on, title: {zh: 日, en: Day}, type: date}], "
    "stages: [{stage: look, title: {zh: 看, en: Look}, by: {post: clerk}}]",
)
HEAD = ("obligation", f"obligation: reports, {CALLED}, on: event, within: 10 days, procedure: reporting, duty: telling")
EVENTS = (
    "obligation",
    "obligation: reports, events: [{event: moved, title: {zh: 迁址, en: A move}}, "
    "{event: dispute, title: {zh: 纠纷, en: A dispute}, least: 500000.00, confidential: true}]",
)
YEARLY = ("obligation", f"obligation: inspection, {CALLED}, on: year, opens: 11-01, due: 01-31, types: [firm]")
FIRM = ("member_type", "type: firm, called: {zh: 公司, en: Firm}")
BOOK = compiled(FORM, duty("telling"), HEAD, EVENTS, FIRM, YEARLY)
REPORTS, INSPECTION = (obligation.obligations(BOOK)[name] for name in ("reports", "inspection"))


def days(day: date, count: int, unit: str) -> date:
    assert unit == "day"
    return day + timedelta(days=count)


@pytest.mark.parametrize(
    ("done", "today", "state"),
    [
        (None, date(2026, 3, 11), "open"),  # the tenth day after 1 March is the last
        (None, date(2026, 3, 12), "overdue"),
        (date(2026, 3, 11), date(2026, 4, 1), "done"),
        (date(2026, 3, 12), date(2026, 4, 1), "late"),
    ],
)
def test_how_an_event_stands(done: date | None, today: date, state: str) -> None:
    owed = obligation.stands(REPORTS, Known("moved", date(2026, 3, 1), "moved", done), today, days)
    assert (owed.state, owed.due, owed.reason.clause) == (state, date(2026, 3, 11), "T-04")


@pytest.mark.parametrize(
    ("event", "amount", "say"),
    [
        ("moved", None, None),
        ("dispute", 50_000_000, None),
        ("dispute", 49_999_999, "below"),
        ("dispute", None, "no_amount"),
        ("movd", None, "unknown_event"),
    ],
)
def test_what_must_be_reported(event: str, amount: int | None, say: str | None) -> None:
    decided = obligation.noted(REPORTS, "", event, amount)
    refused = [each.values["reason"].say for each in decided.effects if isinstance(each, Refuse)]
    assert refused == ([say] if say else [])


def test_what_a_form_reports_counts_from_its_sum_on() -> None:
    told = [
        obligation.reportable(REPORTS, "dispute", text) for text in ("500000", "500,000.00", "499999.99", "", "viel")
    ]
    assert told == [True, True, False, False, False]
    assert obligation.reportable(REPORTS, "moved", "") and not obligation.reportable(REPORTS, "other", "")


def test_the_years_that_opened_while_she_was_a_member() -> None:
    def years(joined: date, since: date, today: date) -> list[tuple[str, date]]:
        return [(each.key, each.due or date.max) for each in obligation.years(INSPECTION, joined, since, today)]

    long_ago, first = date(2020, 1, 1), date(2026, 1, 1)
    assert years(long_ago, first, date(2026, 10, 31)) == [("2025", date(2026, 1, 31))]
    assert years(long_ago, first, date(2026, 11, 1)) == [("2025", date(2026, 1, 31)), ("2026", date(2027, 1, 31))]
    assert years(long_ago, date(2026, 2, 1), date(2026, 10, 31)) == []  # due before the rule was there
    assert years(date(2025, 11, 1), first, date(2026, 2, 1)) == [("2025", date(2026, 1, 31))]
    assert years(date(2025, 11, 2), first, date(2026, 2, 1)) == []
    assert obligation.binds(INSPECTION, "firm") and not obligation.binds(INSPECTION, "person")


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ((("obligation", "obligation: reports"),), "no_head"),
        ((FORM, duty("telling"), HEAD, EVENTS, HEAD), "two_heads"),
        ((FORM, duty("telling"), HEAD), "no_event"),
        ((FORM, duty("telling"), HEAD, EVENTS, ("obligation", "obligation: reports, events: [{event: moved, title: {zh: 迁, en: M}}]")), "event_twice"),
        ((FORM, HEAD, EVENTS), "unknown_duty"),
        ((duty("telling"), HEAD, EVENTS), "unknown_procedure"),
        ((YEARLY,), "unknown_type"),
        ((("obligation", f"obligation: pays, {CALLED}, on: fee, fee: dues"),), "unknown_fee"),
        ((("obligation", f"obligation: pays, {CALLED}, on: deposit, deposit: margin"),), "unknown_deposit"),
        ((FIRM, YEARLY, ("obligation", "obligation: inspection, events: [{event: a, title: {zh: 甲, en: A}}]")), "no_events"),
        ((("procedure", FORM[1].replace("name: event", "name: what")), duty("telling"), HEAD, EVENTS), "no_field"),
        (
            (
                ("procedure", FORM[1].replace("en: What}}", "en: What}, type: choice, choices: [{value: moved, title: {zh: 迁, en: M}}]}")),
                duty("telling"), HEAD, EVENTS,
            ),
            "not_chosen",
        ),
    ],
)  # fmt: skip
def test_what_the_lint_refuses(clauses: tuple[tuple[str, str], ...], code: str) -> None:
    assert [("refuse", code)] == [each[:2] for each in found(*clauses) if each[0] == "refuse"]


@pytest.mark.parametrize(
    "said",
    [
        f"obligation: a, {CALLED}, on: event",
        f"obligation: a, {CALLED}, on: year",
        "obligation: a, within: 3 days",
        "obligation: a, on: joining, within: 3 days",
        f"obligation: a, {CALLED}, on: joining, within: 3 hours",
        f"obligation: a, {CALLED}, on: fee",
    ],
)
def test_what_a_clause_must_say(said: str) -> None:
    assert any(level == "refuse" for level, _, _ in found(("obligation", said)))
