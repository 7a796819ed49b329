"""Which days are worked, and when so many of them are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiguan.calendar import operations, queries
from huiguan.calendar.inputs import FollowNational, ImportDays, SetDays, WithdrawYear
from huiguan.calendar.national import NOTICES, national_days
from huiguan.calendar.refusals import YearNotOwn
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput

SHANGHAI = ZoneInfo("Asia/Shanghai")
OWNER = Actor("staff", 1, "店主", 71, frozenset({"organise"}))
AT = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def ends(count: int, at: str, span: str = "workdays") -> tuple[str, bool]:
    known = queries.workdays(OWNER.programme)
    told = queries.deadline(known, local(at), count, span, SHANGHAI)
    return told.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), told.provisional


def set_days(**given: object) -> None:
    operations.set_days(actor=OWNER, at=AT, given=read(SetDays, given))


def test_the_national_days_are_those_of_the_notices() -> None:
    """33 and 39 days are named; a worked day is always a weekend's, and the year keeps 248 and 248 workdays."""
    by_year = {year: [each for each in national_days() if each.day.year == year] for year in NOTICES}
    assert {year: len(days) for year, days in by_year.items()} == {2025: 33, 2026: 39}
    assert all(each.day.weekday() >= 5 for each in national_days() if each.worked)
    known = queries.national_workdays()
    worked = {year: known.between(date(year - 1, 12, 31), date(year, 12, 31)) for year in NOTICES}
    # 365 days less 104 Saturdays and Sundays, less the 13 that the law gives.
    assert worked == {2025: 248, 2026: 248}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("count", "at", "span", "over"),
    [
        # The last workday before the Spring Festival is Saturday 14 February; the next one is Tuesday the 24th.
        (1, "2026-02-13 17:00", "workdays", "2026-02-15 00:00"),
        (2, "2026-02-13 17:00", "workdays", "2026-02-25 00:00"),
        (1, "2026-02-14 23:59", "workdays", "2026-02-25 00:00"),
        # A make-up Sunday is worked: 4 January 2026, after New Year.
        (1, "2025-12-31 10:00", "workdays", "2026-01-05 00:00"),
        (2, "2025-12-31 10:00", "workdays", "2026-01-06 00:00"),
        # Fifteen workdays over two holidays: Sunday the 20th, 21–24, 28–30 September, 8–10 and 12–15 October.
        (15, "2026-09-18 09:00", "workdays", "2026-10-16 00:00"),
        (0, "2026-02-15 12:00", "workdays", "2026-02-16 00:00"),
        (7, "2026-02-13 17:00", "days", "2026-02-21 00:00"),
        (2, "2026-02-13 17:00", "weeks", "2026-02-28 00:00"),
        (1, "2026-01-31 17:00", "months", "2026-03-01 00:00"),
        (48, "2026-02-13 17:30", "hours", "2026-02-15 17:30"),
    ],
)
def test_a_deadline_ends_with_its_last_day(count: int, at: str, span: str, over: str) -> None:
    assert ends(count, at, span) == (over, False)


@pytest.mark.django_db
def test_a_year_nobody_announced_makes_a_deadline_provisional_until_the_house_knows() -> None:
    """From 30 December 2026: Thursday the 31st is known, what follows is not."""
    assert ends(1, "2026-12-30 10:00") == ("2027-01-01 00:00", False)
    assert ends(2, "2026-12-30 10:00") == ("2027-01-02 00:00", True)  # Friday 1 January, as if it were worked
    assert ends(9, "2026-12-30 10:00", "days") == ("2027-01-09 00:00", False)
    set_days(days=[{"day": "2027-01-01", "work": "off", "name": "元旦"}], announces=2027, source="通知")
    assert ends(2, "2026-12-30 10:00") == ("2027-01-05 00:00", False)  # Monday the 4th
    operations.withdraw_year(actor=OWNER, at=AT, given=WithdrawYear(year=2027))
    assert ends(2, "2026-12-30 10:00") == ("2027-01-05 00:00", True)
    with pytest.raises(YearNotOwn):
        operations.withdraw_year(actor=OWNER, at=AT, given=WithdrawYear(year=2026))


@pytest.mark.django_db
def test_the_house_keeps_its_own_days_over_the_national_ones() -> None:
    set_days(days=[{"day": "2026-02-14", "work": "off", "name": "提前放假"}, {"day": "2026-02-24", "work": "off"}])
    assert ends(1, "2026-02-13 17:00") == ("2026-02-26 00:00", False)
    year = queries.year_of(OWNER, 2026)
    assert (year.workdays, year.month_workdays[1]) == (
        246,
        14,
    )  # February: 20 weekdays, less 6 off, and two Saturdays worked; less two
    set_days(days=[{"day": "2026-02-14", "work": "usual"}, {"day": "2026-02-24", "work": "usual"}])
    assert ends(1, "2026-02-13 17:00") == ("2026-02-15 00:00", False)
    operations.follow_national(actor=OWNER, at=AT, given=FollowNational(follow=False))
    assert ends(1, "2026-02-13 17:00") == ("2026-02-17 00:00", True)  # Monday the 16th
    assert queries.year_of(OWNER, 2026).announced is None


@pytest.mark.django_db
def test_a_year_goes_out_as_a_file_and_comes_back_as_it_was() -> None:
    sheet = queries.days_sheet(OWNER, 2026, "zh")
    assert sheet.splitlines()[:2] == ["day,work,name", "2026-01-01,off,元旦"]
    before = queries.year_of(OWNER, 2026)
    operations.follow_national(actor=OWNER, at=AT, given=FollowNational(follow=False))
    given = ImportDays(text="\ufeff" + sheet, announces=2026, source="导出的文件")
    assert operations.import_days(actor=OWNER, at=AT, given=given, key="once").set == 39
    assert operations.import_days(actor=OWNER, at=AT, given=given, key="once").set == 39
    after = queries.year_of(OWNER, 2026)
    assert (after.workdays, [each.day for each in after.days]) == (before.workdays, [each.day for each in before.days])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("date,work\n2026-01-01,off\n", "text"),
        ("day,work\n2026-01-01,off\n2026-13-01,off\n", "days.1.day"),
        ("day,work\n2026-01-01,maybe\n", "days.1.work"),
        ("day,work\n" + "2026-01-01,off\n" * 801, "text"),
        ('day,work\n"2026-01-01', "days.1.work"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(text: str, field: str) -> None:
    good = "day,work,name\n2026-03-02,off,店庆\n"
    operations.import_days(actor=OWNER, at=AT, given=ImportDays(text=good))
    with pytest.raises(InvalidInput) as wrong:
        operations.import_days(actor=OWNER, at=AT, given=ImportDays(text=text))
    assert wrong.value.field == field
    assert [each.name.zh for each in queries.year_of(OWNER, 2026).days if each.source == "own"] == ["店庆"]


@pytest.mark.django_db
def test_who_may_and_what_a_year_takes() -> None:
    clerk = Actor("staff", 2, "店员", 71, frozenset({"sell"}))
    with pytest.raises(Forbidden):
        operations.set_days(actor=clerk, at=AT, given=SetDays())
    with pytest.raises(InvalidInput) as wrong:
        set_days(announces=2027)
    assert wrong.value.field == "source"
    # Another house's days are its own.
    set_days(days=[{"day": "2026-03-02", "work": "off"}])
    assert queries.workdays(72).is_worked(date(2026, 3, 2))


def test_how_old_something_is_in_workdays() -> None:
    known = queries.national_workdays()
    assert queries.workdays_passed(known, local("2026-02-13 18:00"), local("2026-02-24 09:00"), SHANGHAI) == 2
    assert queries.workdays_passed(known, local("2026-02-13 18:00"), local("2026-02-13 18:00"), SHANGHAI) == 0
    assert known.before(date(2026, 2, 24)) == date(2026, 2, 14)
    assert known.after(date(2026, 2, 13), 1) - date(2026, 2, 13) == timedelta(days=1)
