"""Unusual use, on both sides of each border."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiguan.rules.effects import NOTHING, OpenReview, Refuse
from huiguan.rules.kinds import watch
from huiguan.rules.kinds.watch import Trail
from huiguan.rules.needs import needs
from tests.rules.buying import AT, DAY, member, moment, sale, told
from tests.rules.writing import compiled, found

WATCH = ("watch", "a_day: 5, shops_within: 60, own_mean: {times: 10, days: 30, purchases: 3}, then: freeze")
REFUSING = ("watch", "a_day: 5, then: freeze, sale: refused, release: [id]")


def says(decision: Any) -> list[str]:
    return [reason.say for reason in decision.reasons]


@pytest.mark.parametrize(("before", "said"), [(4, []), (5, ["a_day"]), (9, ["a_day"])])
def test_more_than_five_a_day(before: int, said: list[str]) -> None:
    facts = member(days={DAY: {"visits": before}, DAY - timedelta(days=1): {"visits": 9, "spend": 9}})
    programme = compiled(("watch", "a_day: 5, then: freeze"))
    assert says(watch.decide(programme, facts, sale(10000), 10000, Trail())) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-06-15 11:00:00", []),
        ("2026-06-15 11:00:01", ["shops"]),
        ("2026-06-15 12:00:00", ["shops"]),
        ("2026-06-15 12:59:59", ["shops"]),  # a late sale: the other one came after it
        ("2026-06-15 13:00:00", []),
    ],
)
def test_two_shops_within_the_hour(at: str, said: list[str]) -> None:
    trail = Trail(((moment(at), "S2"),))
    assert says(watch.decide(compiled(WATCH), member(), sale(10000), 10000, trail)) == said


# Three purchases of 100.00 altogether 300.00: ten times the mean is 1,000.00.
@pytest.mark.parametrize(("amount", "said"), [(99999, []), (100000, ["mean"]), (100001, ["mean"])])
def test_ten_times_the_own_mean(amount: int, said: list[str]) -> None:
    days = {date(2026, 6, 14): {"visits": 2, "spend": 20000}, date(2026, 5, 16): {"visits": 1, "spend": 10000}}
    assert says(watch.decide(compiled(WATCH), member(days=days), sale(amount), amount, Trail())) == said


def test_the_mean_is_compared_exactly() -> None:
    # 100.00 by three: ten times the mean is 333.333…, reached by 333.34 and not by 333.33.
    days = {date(2026, 6, 14): {"visits": 3, "spend": 10000}}
    decided = [watch.decide(compiled(WATCH), member(days=days), sale(a), a, Trail()) for a in (33333, 33334)]
    assert [says(each) for each in decided] == [[], ["mean"]]


@pytest.mark.parametrize(
    "days",
    [
        {date(2026, 6, 14): {"visits": 2, "spend": 200}},  # two purchases tell nothing yet
        {date(2026, 5, 15): {"visits": 3, "spend": 300}},  # the thirty days before end on 16 May
        {DAY: {"visits": 3, "spend": 300}},  # the day itself is no measure of itself
    ],
)
def test_what_is_usual_must_be_known(days: Any) -> None:
    assert watch.decide(compiled(WATCH), member(days=days), sale(100000), 100000, Trail()) is NOTHING


def test_it_freezes_and_refuses_or_only_notes() -> None:
    busy = member(days={DAY: {"visits": 5}})
    freezes = watch.decide(compiled(WATCH), busy, sale(10000), 10000, Trail())
    assert [(type(each), each.clause) for each in freezes.effects] == [(OpenReview, "T-01")]
    refuses = watch.decide(compiled(REFUSING), busy, sale(10000), 10000, Trail())
    assert [type(each) for each in refuses.effects] == [OpenReview, Refuse]
    notes = watch.decide(compiled(("watch", "a_day: 5, then: note")), busy, sale(10000), 10000, Trail())
    (review,) = notes.effects
    assert isinstance(review, OpenReview)
    assert (review.freeze, review.reason.values) == (False, {"number": 6, "most": 5})


def test_who_was_released_today_is_let_be_today() -> None:
    busy = member(days={DAY: {"visits": 7}})
    for released, said in [
        (AT - timedelta(hours=1), []),
        (AT - timedelta(days=1), ["a_day"]),
        (AT + timedelta(hours=1), ["a_day"]),  # decided after the moment of a late sale
        (None, ["a_day"]),
    ]:
        decision = watch.decide(compiled(WATCH), busy, sale(10000), 10000, Trail(released_at=released))
        assert says(decision) == said


def test_it_is_told_in_both_languages() -> None:
    days = {DAY: {"visits": 5}, date(2026, 6, 14): {"visits": 3, "spend": 30000}}
    trail = Trail(((AT - timedelta(minutes=59, seconds=59), "S2"),))
    decision = watch.decide(compiled(WATCH), member(days=days), sale(100000), 100000, trail)
    assert told(compiled(WATCH), decision.reasons) == [
        ("这是当天第 6 单，一天至多 5 单。", "This is purchase number 6 of the day; 5 a day are usual."),
        (
            "59 分钟前在 S2 买过；60 分钟之内在两家店用卡，须先复核。",
            "Used at S2 59 minutes ago; two shops within 60 minutes are looked at first.",
        ),
        (
            "本单 ¥1,000.00，达到本人近 30 天均单 ¥100.00 的 10 倍。",
            "¥1,000.00 is 10 times the mean of the member's last 30 days, ¥100.00, or more.",
        ),
    ]


def test_what_it_needs_is_known() -> None:
    assert (watch.watched(compiled(WATCH)), watch.minutes(compiled(WATCH))) == (True, 60)
    assert needs(compiled(WATCH)).days_back == 30
    assert watch.minutes(compiled(REFUSING)) == 0
    assert watch.release_papers(compiled(WATCH)) is None
    papers = watch.release_papers(compiled(REFUSING))
    assert papers is not None
    assert (papers[0].id, papers[1]) == ("T-01", ("id",))


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("then: freeze", ("refuse", "watches_nothing", "T-01")),
        ("own_mean: {times: 1, days: 30}, then: note", ("refuse", "ordinary", "T-01")),
        ("own_mean: {times: 10, days: 400}, then: note", ("refuse", "wrong_value", "T-01")),
        ("a_day: 0, then: note", ("refuse", "wrong_value", "T-01")),
        ("shops_within: 1441, then: note", ("refuse", "wrong_value", "T-01")),
        ("a_day: 5", ("refuse", "missing_key", "T-01")),
    ],
)
def test_what_cannot_be_run(clause: str, expected: tuple[str, str, str]) -> None:
    assert found(("watch", clause)) == [expected]
