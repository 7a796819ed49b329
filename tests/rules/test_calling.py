"""When applications are taken: calls of every year, both days included."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.calling import Call, call_at, taken_on
from tests.rules.writing import found

SPRING = Call.model_validate({"since": "03-01", "until": "03-31"})
AUTUMN = Call.model_validate({"since": "09-01", "until": "09-15"})
WINTER = Call.model_validate({"since": "12-15", "until": "01-15"})
FEBRUARY = Call.model_validate({"since": "02-01", "until": "02-29"})


@pytest.mark.parametrize(
    ("calls", "day", "taken", "since", "until"),
    [
        ([SPRING, AUTUMN], "2026-02-28", False, "2026-03-01", "2026-03-31"),
        ([SPRING, AUTUMN], "2026-03-01", True, "2026-03-01", "2026-03-31"),
        ([SPRING, AUTUMN], "2026-03-31", True, "2026-03-01", "2026-03-31"),
        ([SPRING, AUTUMN], "2026-04-01", False, "2026-09-01", "2026-09-15"),
        ([SPRING, AUTUMN], "2026-09-16", False, "2027-03-01", "2027-03-31"),
        ([WINTER], "2026-12-14", False, "2026-12-15", "2027-01-15"),
        ([WINTER], "2027-01-15", True, "2026-12-15", "2027-01-15"),
        ([WINTER], "2027-01-16", False, "2027-12-15", "2028-01-15"),
        ([FEBRUARY], "2027-02-28", True, "2027-02-01", "2027-02-28"),
        ([FEBRUARY], "2028-02-29", True, "2028-02-01", "2028-02-29"),
    ],
)
def test_the_call_under_way_or_the_next(calls: list[Call], day: str, taken: bool, since: str, until: str) -> None:
    today = date.fromisoformat(day)
    assert taken_on(calls, today) is taken
    assert call_at(calls, today) == (date.fromisoformat(since), date.fromisoformat(until))


def test_without_a_call_all_year() -> None:
    assert taken_on([], date(2026, 1, 1)) and call_at([], date(2026, 1, 1)) is None


def test_a_day_that_is_none_is_told() -> None:
    wrong = "name: joining, of: record, opened_by: [staff], calls: [{since: 02-30, until: 03-31}]"
    assert ("refuse", "wrong_value", "T-01") in found(("procedure", wrong))
