"""Year-end clearing: the cut-off, December, and the newcomer's first year."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiguan.rules.kinds import expiry
from tests.rules.buying import moment
from tests.rules.writing import compiled, designer_wear, found

EARN = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")


def expires(earned: str, joined: str = "2020-01-01 10:00") -> tuple[datetime | None, str | None]:
    return expiry.expires_at(designer_wear(), "points", moment(earned), moment(joined))


@pytest.mark.parametrize(
    ("earned", "gone"),
    [
        ("2026-01-01 00:00:00", "2027-01-01 00:00"),
        ("2026-11-30 23:59:59", "2027-01-01 00:00"),
        ("2026-12-01 00:00:00", "2028-01-01 00:00"),
        ("2026-12-31 23:59:59", "2028-01-01 00:00"),
    ],
)
def test_the_cut_off_to_the_second(earned: str, gone: str) -> None:
    assert expires(earned) == (moment(gone), "B55-14")


def test_days_are_the_zone_s_own() -> None:
    utc = datetime.fromisoformat("2026-11-30T16:00:00+00:00")  # 1 December 00:00 in Shanghai
    assert expiry.expires_at(designer_wear(), "points", utc, utc)[0] == moment("2028-01-01 00:00")


def test_in_the_year_of_joining_nothing_is_cleared() -> None:
    assert expires("2026-05-02 10:00", "2026-05-01 10:00") == (moment("2028-01-01 00:00"), "B55-16")
    assert expires("2026-12-02 10:00", "2026-05-01 10:00") == (moment("2028-01-01 00:00"), "B55-14")
    assert expires("2027-11-30 10:00", "2026-05-01 10:00") == (moment("2028-01-01 00:00"), "B55-14")
    assert expires("2027-12-01 10:00", "2026-05-01 10:00") == (moment("2029-01-01 00:00"), "B55-14")


def test_joining_on_the_last_day_of_the_year_spares_that_year_only() -> None:
    assert expires("2026-12-31 10:00", "2026-12-31 09:00") == (moment("2028-01-01 00:00"), "B55-14")


def test_a_unit_without_a_clearing_never_expires() -> None:
    assert expiry.expires_at(designer_wear(), "stars", moment("2026-01-01"), moment("2026-01-01")) == (None, None)


def test_without_a_cut_off_everything_of_the_year_is_cleared() -> None:
    programme = compiled(EARN, ("expiry", "unit: points, clears: 06-30"))
    at = [
        expiry.expires_at(programme, "points", moment(m), moment("2020-01-01"))[0] for m in ("2026-06-30", "2026-07-01")
    ]
    assert at == [moment("2026-07-01 00:00"), moment("2027-07-01 00:00")]


def test_the_order_of_spending() -> None:
    assert expiry.spending_order(designer_wear(), "points") == "oldest"
    soonest = compiled(EARN, ("expiry", "unit: points, clears: 12-31, spend: soonest"))
    assert expiry.spending_order(soonest, "points") == "soonest"


def test_the_restatements_of_the_rulebook_agree() -> None:
    assert expiry.disagreements(designer_wear().of("expiry")) == []


ROLLING = compiled(EARN, ("expiry", "unit: points, months: 24"))


@pytest.mark.parametrize(
    ("earned", "gone"),
    [
        ("2026-03-02 00:00:00", "2028-03-03 00:00"),
        ("2026-03-02 23:59:59", "2028-03-03 00:00"),
        ("2026-03-03 00:00:00", "2028-03-04 00:00"),
        ("2028-02-29 10:00:00", "2030-03-01 00:00"),
    ],
)
def test_each_lot_may_have_a_life_of_its_own(earned: str, gone: str) -> None:
    assert expiry.expires_at(ROLLING, "points", moment(earned), moment("2020-01-01")) == (moment(gone), "T-02")


@pytest.mark.parametrize("other", ["clears: 12-31", "months: 12", "newcomers: skip_first"])
def test_one_life_and_no_clearing_beside_it(other: str) -> None:
    told = found(EARN, ("expiry", "unit: points, months: 24"), ("expiry", f"unit: points, {other}"))
    assert any(code == "disagreement" for _, code, _ in told)
