"""How a rulebook is amended: the notice before, and the days on which a version may begin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from huiguan.rules.kinds import amendment
from huiguan.rules.kinds.amendment import Parameters
from tests.rules.writing import compiled, found

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
# 18:30 of 1 January in Shanghai.
AT = datetime(2026, 1, 1, 10, 30, tzinfo=UTC)


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("notice", "begins", "earliest"),
    [
        (0, "moment", "2026-01-01 18:30"),
        (1, "moment", "2026-01-03 00:00"),
        (7, "moment", "2026-01-09 00:00"),
        (7, "day", "2026-01-09 00:00"),
        (0, "day", "2026-01-02 00:00"),
        (0, "month", "2026-02-01 00:00"),
        (30, "month", "2026-02-01 00:00"),
        (31, "month", "2026-03-01 00:00"),
        (0, "year", "2027-01-01 00:00"),
        (365, "year", "2028-01-01 00:00"),
    ],
)
def test_the_earliest_moment(notice: int, begins: str, earliest: str) -> None:
    parameters = Parameters.model_validate({"notice": notice, "begins": begins})
    assert amendment.earliest(parameters, AT, SHANGHAI) == local(earliest)
    assert amendment.begins_well(parameters, local(earliest), SHANGHAI)


def test_the_day_is_the_rulebooks_own() -> None:
    """23:30 of 31 December in London is already 1 January in Shanghai."""
    parameters = Parameters(notice=1)
    late = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert amendment.earliest(parameters, late, SHANGHAI) == local("2026-01-03 00:00")


def test_a_day_of_twenty_three_hours_is_a_whole_day() -> None:
    """Clocks go forward on 29 March 2026 in Berlin."""
    parameters = Parameters(notice=2)
    at = local("2026-03-28 12:00", BERLIN)
    assert amendment.earliest(parameters, at, BERLIN) == local("2026-03-31 00:00", BERLIN)


def test_the_first_moment_of_a_month_is_one() -> None:
    monthly = Parameters(begins="month")
    first = local("2026-02-01 00:00")
    assert amendment.earliest(monthly, first, SHANGHAI) == first
    assert not amendment.begins_well(monthly, local("2026-02-01 00:01"), SHANGHAI)
    assert not amendment.begins_well(monthly, local("2026-02-02 00:00"), SHANGHAI)


def test_one_clause_says_it() -> None:
    clause = amendment.clause_of(compiled(("amendment", "notice: 30, begins: month")))
    assert clause is not None and clause.parameters == Parameters(notice=30, begins="month")
    assert amendment.clause_of(compiled(("statement", ""))) is None
    assert found(("amendment", "notice: 3"), ("amendment", "notice: 5")) == [("refuse", "overlap", "T-02")]
    assert found(("amendment", "")) == [("warn", "asks_nothing", "T-01")]
    assert found(("amendment", "notice: 3")) == []


@pytest.mark.parametrize("wrong", ["notice: -1", "notice: true", "notice: 1001", "notice: soon", "begins: week"])
def test_a_wrong_value_is_told(wrong: str) -> None:
    assert [(level, code) for level, code, _ in found(("amendment", wrong))] == [("refuse", "wrong_value")]


def test_a_rulebook_says_what_it_promised_to_say() -> None:
    parts = ("amendment", "parts: [joining, points, penalties]")
    earn, card = ("earn", "unit: points, per: 1.00, give: 1"), ("credential", "what: card")
    watch = ("watch", "a_day: 5, then: note, sale: stands")
    assert found(parts, earn, card, watch) == []
    assert found(parts, earn, card) == [("refuse", "part_missing", "T-01")]
    assert found(parts) == [("refuse", "part_missing", "T-01")] * 3


FEE = "name: dues, amount: 200.00"


@pytest.mark.parametrize(
    "fee",
    [f"{FEE}, every: year, means: [cash]", f"{FEE}, every: year, late: {{days: 1, then: note}}",
     f"{FEE}, means: [cash], late: {{days: 1, then: note}}"],
)  # fmt: skip
def test_dues_are_said_whole_or_not_said(fee: str) -> None:
    parts = ("amendment", "parts: [dues]")
    codes = [code for level, code, _ in found(parts, ("fee", fee)) if level == "refuse"]
    assert codes == ["part_missing"]
    whole = f"{FEE}, every: year, means: [cash], late: {{days: 1, then: note}}"
    assert found(parts, ("fee", whole)) == []


def test_an_approval_is_that_of_an_application() -> None:
    stages = "stages: [{stage: look, title: {zh: 看, en: Look}, by: {post: owner}}]"
    procedure = ("procedure", f"name: p, of: record, opened_by: [staff], {stages}")
    refusals = [each for each in found(("amendment", "parts: [approval]"), procedure) if each[0] == "refuse"]
    assert refusals == [("refuse", "part_missing", "T-01")]


def test_rights_are_those_a_sort_of_member_names() -> None:
    sort = "type: member, called: {zh: 会员, en: member}"
    parts = ("amendment", "parts: [rights]")
    assert found(parts, ("member_type", sort)) == [("refuse", "part_missing", "T-01")]
    assert found(parts, ("member_type", f"{sort}, rights: [vote]")) == []


def test_who_resolves_is_a_body_of_the_rulebook() -> None:
    council = (
        "body",
        "body: council, called: {zh: 理事会, en: Council}, places: [{role: m, title: {zh: 理事, en: M}}]",
    )
    assert found(("amendment", "resolved_by: council"), council) == []
    assert found(("amendment", "resolved_by: senate"), council) == [("refuse", "unknown_body", "T-01")]


def test_points_have_three_parts_and_a_birthday_needs_a_clause_about_it() -> None:
    parts = ("amendment", "parts: [points, redemption, expiry, birthday]")
    earn, use = (
        ("earn", "unit: points, per: 1.00, give: 1"),
        ("redemption", "unit: points, ways: [offset], worth: 0.01"),
    )
    ends = ("expiry", "unit: points, clears: 12-31")
    double = ("multiplier", "unit: points, on: birthday, times: 2")
    assert found(parts, earn, use, ends, double) == []
    every_day = ("multiplier", "unit: points, on: every_day, times: 2")
    assert found(parts, earn, use, ends, every_day) == [("refuse", "part_missing", "T-01")]
    assert found(parts, earn, ends, double) == [("refuse", "part_missing", "T-01")]


@pytest.mark.parametrize(
    ("published", "months", "by"),
    [
        ("2026-03-15", 12, "2027-03-14"),
        ("2026-01-31", 1, "2026-02-27"),
        ("2028-02-29", 12, "2029-02-27"),
        ("2026-12-01", 1, "2026-12-31"),
    ],
)
def test_the_last_day_to_look_through_it(published: str, months: int, by: str) -> None:
    clause = amendment.review_clause(compiled(("amendment", f"review: {months}")))
    assert clause is not None
    assert amendment.review_by(clause, date.fromisoformat(published)) == date.fromisoformat(by)


def test_parts_review_and_announcing_may_stand_in_clauses_of_their_own() -> None:
    three = ("amendment", "notice: 3"), ("amendment", "review: 12"), ("amendment", "parts: [joining]")
    assert found(*three, ("credential", "what: card")) == []
    programme = compiled(*three, ("credential", "what: card"))
    assert amendment.clause_of(programme).id == "T-01"  # type: ignore[union-attr]
    assert amendment.review_clause(programme).id == "T-02"  # type: ignore[union-attr]
    assert found(three[1], ("amendment", "review: 6")) == [("refuse", "overlap", "T-02")]
    assert found(("amendment", "review: 0"))[0][1] == "wrong_value"
