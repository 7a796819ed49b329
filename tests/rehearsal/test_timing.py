"""Moments of examples: local, with 24:00, and counted on from the step before."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiguan.rehearsal.timing import moment, workdays_given
from huiguan.rehearsal.values import Fault

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-31 24:00", "2027-01-01 00:00"),
        ("2026-12-31 23:59:59", "2026-12-31 23:59:59"),
        ("2026-12-31", "2026-12-31 00:00"),
        ("2026-04-30T16:00:00+00:00", "2026-05-01 00:00"),
        ("+1 second", "2026-08-31 10:00:01"),
        ("+90 minutes", "2026-08-31 11:30"),
        ("+1 day", "2026-09-01 10:00"),
        ("+2 weeks", "2026-09-14 10:00"),
        ("+6 months", "2027-02-28 10:00"),
        ("+1 year", "2027-08-31 10:00"),
        # 31 August 2026 is a Monday.
        ("+3 workdays", "2026-09-03 10:00"),
        ("+5 workdays", "2026-09-07 10:00"),
    ],
)
def test_what_is_written_and_what_is_meant(written: str, meant: str) -> None:
    assert moment(written, at("2026-08-31 10:00"), SHANGHAI, workdays_given({}), 1) == at(meant)


def test_workdays_by_the_calendar_of_the_example() -> None:
    calendar = {"holidays": ["2026-09-01"], "workdays": ["2026-09-05"]}
    before = at("2026-08-31 10:00")
    # Tuesday is off; Wednesday, Thursday, Friday, and Saturday is worked.
    assert moment("+4 workdays", before, SHANGHAI, workdays_given(calendar), 1) == at("2026-09-05 10:00")


def test_a_day_keeps_the_local_time_and_an_hour_is_an_hour() -> None:
    before = at("2026-03-28 12:00", BERLIN)
    assert moment("+1 day", before, BERLIN, workdays_given({}), 1) == at("2026-03-29 12:00", BERLIN)
    assert (moment("+24 hours", before, BERLIN, workdays_given({}), 1)).hour == 13


def test_what_is_no_moment() -> None:
    for wrong in ("tomorrow", "2026-02-30", "+1 fortnight", "2026-12-31 25:00"):
        with pytest.raises(Fault):
            moment(wrong, at("2026-08-31 10:00"), SHANGHAI, workdays_given({}), 7)
    with pytest.raises(Fault):
        moment("+1 day", None, SHANGHAI, workdays_given({}), 7)
