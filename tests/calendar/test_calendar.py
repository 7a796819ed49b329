"""Windows, birthdays and recurrences at their borders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.calendar import queries, windows
from huiguan.calendar.values import Window

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter(day: date, first: date, last: date) -> None:
    assert windows.quarter(day) == Window(first, last)


def test_months_years_and_what_lies_behind() -> None:
    assert windows.month(date(2024, 2, 10)) == Window(date(2024, 2, 1), date(2024, 2, 29))
    assert windows.year(date(2026, 6, 1)) == Window(date(2026, 1, 1), date(2026, 12, 31))
    assert windows.next_month(date(2026, 1, 31)) == Window(date(2026, 2, 1), date(2026, 2, 28))
    assert windows.next_month(date(2026, 12, 31)) == Window(date(2027, 1, 1), date(2027, 1, 31))


def test_a_window_holds_both_its_ends_and_its_moments_end_at_24_00() -> None:
    june = windows.month(date(2026, 6, 1))
    assert date(2026, 6, 1) in june and date(2026, 6, 30) in june
    assert date(2026, 5, 31) not in june and date(2026, 7, 1) not in june
    assert june.moments(SHANGHAI) == (local("2026-06-01"), local("2026-07-01"))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_month_its_quarter_and_its_year(day: date) -> None:
    for window in (windows.month(day), windows.quarter(day), windows.year(day)):
        assert day in window
    assert windows.month(day).first in windows.quarter(day)


LEAP = date(1992, 2, 29)


def test_a_birthday_of_29_february_is_the_28th_in_a_common_year_and_never_in_march() -> None:
    assert queries.birthday_in(2024, LEAP) == date(2024, 2, 29)
    assert queries.birthday_in(2026, LEAP) == date(2026, 2, 28)
    assert queries.is_birthday_month(date(2026, 2, 1), LEAP)
    assert not queries.is_birthday_month(date(2026, 3, 1), LEAP)
    assert queries.birthday_within(windows.month(date(2026, 2, 1)), LEAP) == date(2026, 2, 28)
    assert queries.birthday_within(windows.month(date(2026, 3, 1)), LEAP) is None


@pytest.mark.parametrize(
    ("first", "last", "born", "birthday"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), date(1990, 6, 30), date(2026, 6, 30)),
        (date(2026, 6, 1), date(2026, 6, 30), date(1990, 7, 1), None),
        (date(2026, 12, 15), date(2027, 1, 15), date(1990, 1, 10), date(2027, 1, 10)),
        (date(2026, 1, 1), date(2027, 12, 31), date(1990, 5, 5), date(2026, 5, 5)),
        (date(2026, 5, 1), date(2026, 5, 31), date(2026, 5, 5), None),
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 5, 5), None),
    ],
)
def test_the_first_birthday_within_a_window(first: date, last: date, born: date, birthday: date | None) -> None:
    assert queries.birthday_within(Window(first, last), born) == birthday


def test_the_day_here_is_not_the_day_in_greenwich() -> None:
    at = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert queries.day_at("Asia/Shanghai", at) == date(2027, 1, 1)
    assert queries.day_at("Asia/Shanghai", at - timedelta(microseconds=1)) == date(2026, 12, 31)
    assert queries.month_at("Asia/Shanghai", at).first == date(2027, 1, 1)
    assert queries.quarter_at("UTC", at).first == date(2026, 10, 1)
    assert queries.year_at("UTC", at).first == date(2026, 1, 1)


def test_days_begin_after_the_first_moment_and_up_to_the_last() -> None:
    begun = list(queries.days_begun(local("2026-12-30 00:00"), local("2027-01-02 00:00"), SHANGHAI))
    assert begun == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
    assert list(queries.days_begun(local("2026-12-30 00:00"), local("2026-12-30 23:59"), SHANGHAI)) == []
    ended = list(queries.days_ended(local("2026-12-30 12:00"), local("2027-01-01 00:00"), SHANGHAI))
    assert ended == [date(2026, 12, 30), date(2026, 12, 31)]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.lists(st.timedeltas(timedelta(0), timedelta(days=40)), min_size=1, max_size=5),
)
def test_however_the_time_is_cut_every_day_begins_once(start: datetime, steps: list[timedelta]) -> None:
    moments = [start.replace(tzinfo=UTC)]
    for step in steps:
        moments.append(moments[-1] + step)
    pieces = [day for after, until in pairwise(moments) for day in queries.days_begun(after, until, SHANGHAI)]
    assert pieces == list(queries.days_begun(moments[0], moments[-1], SHANGHAI))


def test_month_ends_in_between() -> None:
    between = queries.month_ends_begun(local("2023-12-31 00:00"), local("2024-03-31 00:00"), SHANGHAI)
    assert list(between) == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
    assert queries.next_month_end(date(2026, 5, 30)) == date(2026, 5, 31)
    assert queries.next_month_end(date(2026, 5, 31)) == date(2026, 6, 30)
    assert queries.is_month_end(date(2024, 2, 29))
    assert not queries.is_month_end(date(2024, 2, 28))
