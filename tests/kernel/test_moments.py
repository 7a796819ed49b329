"""Moments as written, local days, months of unequal length."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.kernel.moments import (
    add_months,
    at_day,
    day_of,
    demand_not_ahead,
    end_of_day_text,
    local_day,
    moment_of,
    month_end,
    month_start,
    zone,
)
from huiguan.kernel.refusals import InvalidInput, MomentInFuture

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-30 23:59", datetime(2026, 11, 30, 15, 59, tzinfo=UTC)),
        ("2026-11-30 24:00", datetime(2026, 11, 30, 16, 0, tzinfo=UTC)),
        ("2026-12-01 00:00", datetime(2026, 11, 30, 16, 0, tzinfo=UTC)),
        ("2026-12-31 24:00", datetime(2026, 12, 31, 16, 0, tzinfo=UTC)),
        ("2024-02-29 24:00", datetime(2024, 2, 29, 16, 0, tzinfo=UTC)),
        ("2024-02-29", datetime(2024, 2, 28, 16, 0, tzinfo=UTC)),
        ("2026-03-01T10:00:05", datetime(2026, 3, 1, 2, 0, 5, tzinfo=UTC)),
        ("2026-03-01T10:00:00Z", datetime(2026, 3, 1, 10, 0, tzinfo=UTC)),
        ("2026-03-01T10:00:00+09:00", datetime(2026, 3, 1, 1, 0, tzinfo=UTC)),
        ("2026-03-01T10:00:00.250", datetime(2026, 3, 1, 2, 0, 0, 250_000, tzinfo=UTC)),
        (date(2026, 3, 1), datetime(2026, 2, 28, 16, 0, tzinfo=UTC)),
        (datetime(2026, 3, 1, 9, 0), datetime(2026, 3, 1, 1, 0, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 3, 1, 9, 0, tzinfo=UTC), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_zone_it_is_written_for(written: object, utc: datetime) -> None:
    read = moment_of(written, "at", SHANGHAI)
    assert read == utc
    assert read.tzinfo is not None


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-02-29 24:00",
        "2026-W01-1",
        "20260101T100000",
        "0001-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31 24:00",
        "2026-13-01",
        "2026-01-01 25:00",
        "2026-01-01 24:01",
        "2026-01-01 24:00:01",
        "2026-01-01 12:60",
        "soon",
        "",
        "20260101x",
        "9999-12-31 24:00",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        moment_of(written, "at", SHANGHAI)
    assert refused.value.field == "at"


def test_24_00_of_a_day_is_0_00_of_the_next() -> None:
    assert moment_of("2026-12-31 24:00", "at", SHANGHAI) == moment_of("2027-01-01 00:00", "at", SHANGHAI)


def test_a_local_day_ends_at_the_zone_s_midnight_not_utc_s() -> None:
    just_before = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert local_day(just_before, SHANGHAI) == date(2026, 12, 31)
    assert local_day(just_before + timedelta(seconds=1), SHANGHAI) == date(2027, 1, 1)
    assert local_day(just_before, timezone.utc) == date(2026, 12, 31)  # type: ignore[arg-type]  # noqa: UP017


def test_a_day_begins_where_the_day_before_ends() -> None:
    assert at_day(date(2027, 1, 1), SHANGHAI) == datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
        (date(2026, 5, 31), -6, date(2025, 11, 30)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_month_s_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_adding_months_never_leaves_the_month_meant(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day
    assert then.day == day.day or then == month_end(then)


def test_the_first_and_last_day_of_a_month() -> None:
    assert month_start(date(2024, 2, 29)) == date(2024, 2, 1)
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_end(date(2026, 2, 28)) == date(2026, 2, 28)
    assert month_end(date(2026, 12, 3)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("given_day", "day"),
    [
        ("1992-02-29", date(1992, 2, 29)),
        (" 1990-05-05 ", date(1990, 5, 5)),
        (date(1990, 5, 5), date(1990, 5, 5)),
        (datetime(1990, 5, 5, 23, 0, tzinfo=UTC), date(1990, 5, 5)),
    ],
)
def test_a_day_is_read(given_day: object, day: date) -> None:
    assert day_of(given_day, "birthday") == day


@pytest.mark.parametrize(
    "given_day", ["9999-12-31", "0001-01-01", "1993-02-29", "1990-5-5", "05/05/1990", "", "yesterday", 19900505.0]
)
def test_what_is_no_day_is_refused(given_day: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        day_of(given_day, "birthday")
    assert refused.value.field == "birthday"


def test_midnight_reads_as_the_end_of_the_day() -> None:
    assert end_of_day_text(datetime(2026, 12, 31, 16, 0, tzinfo=UTC), SHANGHAI) == "2026-12-31 24:00"
    assert end_of_day_text(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), SHANGHAI) == "2026-12-31 23:59"


def test_a_zone_is_made_once() -> None:
    assert zone("Asia/Shanghai") is zone("Asia/Shanghai")


def test_a_moment_ahead_is_told_in_local_moments() -> None:
    now = datetime(2026, 12, 12, 6, 50, 7, 887568, tzinfo=UTC)
    demand_not_ahead(now, now, SHANGHAI)
    with pytest.raises(MomentInFuture) as refused:
        demand_not_ahead(now + timedelta(hours=10), now, SHANGHAI, "earned_at")
    assert refused.value.field == "earned_at"
    assert refused.value.say("en") == "The moment 2026-12-13 00:50 is later than now, 2026-12-12 14:50."
    assert refused.value.values["now"] == "2026-12-12T14:50:07.887568+08:00"
