"""Postings by day and cohorts by month, tied to the ledger; figures worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from huiguan.analytics import operations, queries
from huiguan.analytics.inputs import EstimateInput
from huiguan.analytics.liability import Deferred
from huiguan.analytics.models import PostedDay
from huiguan.analytics.refusals import DaysTooMany, MonthWrong, UnitUnknown, WorthIncomplete
from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import ReturnInput
from huiguan.kernel.inputs import read
from huiguan.nightly.operations import run_due
from tests.api.world import NOW, World, later

TODAY = date(2026, 12, 10)


def _last_sale(world: World) -> str:
    """6,000 at 95 % is 5,700: 114 points of March. On the day itself 40 of them pay a coat: (1,000 − 40) at 95 % is 912,
    which earns 18."""
    member = world.enrol()
    world.sell(member, ("COAT", 6), at="2026-03-01 12:00")
    sold: str = world.sell(member, ("COAT", 1), points=40, at="2026-12-10 14:00")["id"]
    return sold


def test_a_day_s_postings_tie_to_the_ledger(world: World) -> None:
    _last_sale(world)
    told = queries.postings(world.actor, TODAY - timedelta(days=3), TODAY, later(hours=1))
    (day,) = told.days
    moved = {(each.flow, each.cause): (each.given, each.taken, each.journals) for each in day.posted}
    assert moved == {("issued", "sale"): (132, 0, 2), ("redeemed", "sale"): (0, 40, 1)}
    assert (day.day, day.unit, day.opening, day.closing, day.held, day.closed) == (TODAY, "points", 0, 92, 0, False)
    assert told.ends == {"points": 92}


def test_a_night_writes_the_day_down_and_it_stays(world: World) -> None:
    """The next day's return is posted on the next day, though it undoes a sale of the day before."""
    sale = _last_sale(world)
    before = queries.postings(world.actor, TODAY, TODAY, later(hours=1)).days
    run_due(world.actor.programme, later(days=1))
    run_due(world.actor.programme, later(days=1))
    rows = PostedDay.objects.filter(programme_id=world.actor.programme).count()
    after = queries.postings(world.actor, TODAY, TODAY, later(days=1)).days
    assert [(each.posted, each.closed) for each in after] == [(each.posted, True) for each in before]
    from_now = later(days=1, hours=1)
    _back(world, sale, from_now)
    told = queries.postings(world.actor, TODAY, TODAY + timedelta(days=1), from_now)
    assert [(each.opening, each.closing, each.closed) for each in told.days] == [(0, 92, True), (92, 114, False)]
    assert told.ends == {"points": 114}
    assert PostedDay.objects.filter(programme_id=world.actor.programme).count() == rows == 2


def test_cohorts_by_the_month_of_earning(world: World) -> None:
    """March: 114 points at 1.00 beside 5,700 paid: 570,000 × 11,400 / 581,400 = 11,176.47, of which 40 of 114 are earned,
    3,921.40. December: 912 paid, 18 points: 91,200 × 1,800 / 93,000 = 1,765.16, nothing used."""
    _last_sale(world)
    told = queries.liability(world.actor, "points", later(hours=1))
    shown = {
        each.month: (each.cohort.paid, each.cohort.given, each.cohort.used, each.deferred) for each in told.cohorts
    }
    assert shown == {
        date(2026, 3, 1): (570_000, 114, 40, Deferred(11_176, 3_921)),
        date(2026, 12, 1): (91_200, 18, 0, Deferred(1_765, 0)),
    }
    assert (told.worth, told.totals) == (100, Deferred(12_941, 3_921))


def test_a_new_expectation_moves_what_is_earned_and_not_what_was_set_aside(world: World) -> None:
    """90 % expected from now on: 102.6 of March's 114, 11,176 × 40 / 102.6 = 4,357.12. December is not over, so its own
    share is set by the new word: 16.2 points beside 912 paid: 91,200 × 1,620 / 92,820 = 1,591.73."""
    _last_sale(world)
    given = EstimateInput(unit="points", part=9_000, reason="两年的用量")
    kept = operations.estimate_use(actor=world.actor, at=NOW, given=given, key="e")
    assert operations.estimate_use(actor=world.actor, at=NOW, given=given, key="e") == kept
    told = queries.liability(world.actor, "points", later(hours=1))
    assert [each.deferred for each in told.cohorts] == [Deferred(11_176, 4_357), Deferred(1_592, 0)]
    own = EstimateInput(unit="points", part=5_000, month="2026-03", reason="三月的活动")
    operations.estimate_use(actor=world.actor, at=later(hours=2), given=own)
    # 57 expected of March: 11,176 × 40 / 57 = 7,842.81; a moment before, as it was.
    earned = [queries.liability(world.actor, "points", later(hours=h)).cohorts[0].deferred.earned for h in (1, 2)]
    assert earned == [4_357, 7_843]


def test_a_return_takes_its_money_and_units_out_of_the_cohort(world: World) -> None:
    sale = _last_sale(world)
    _back(world, sale, later(hours=1))
    told = queries.liability(world.actor, "points", later(hours=2))
    shown = [(each.cohort.paid, each.cohort.given, each.cohort.used, each.cohort.left) for each in told.cohorts]
    assert shown == [(570_000, 114, 0, 114), (0, 0, 0, 0)]


def test_what_is_wrong_is_named_and_keeps_nothing(world: World) -> None:
    _last_sale(world)
    for given, refusal in (
        (EstimateInput(unit="pionts", part=1, reason="x"), UnitUnknown),
        (EstimateInput(unit="points", part=1, month="2026-13", reason="x"), MonthWrong),
        (EstimateInput(unit="points", part=1, units=100, reason="x"), WorthIncomplete),
    ):
        with pytest.raises(refusal):
            operations.estimate_use(actor=world.actor, at=NOW, given=given)
    with pytest.raises(UnitUnknown):
        queries.liability(world.actor, "gold", NOW)
    with pytest.raises(DaysTooMany):
        queries.postings(world.actor, TODAY - timedelta(days=400), TODAY, NOW)
    assert queries.estimates(world.actor, "points") == []


def _back(world: World, sale: str, at: datetime) -> None:
    given = {"sale": sale, "lines": [{"line": 1, "quantity": 1}], "reason": "尺码"}
    checkout.return_sale(actor=world.actor, at=at, given=read(ReturnInput, given))
