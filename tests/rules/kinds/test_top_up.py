"""Ladders, limits and windows of topping up, and what of it comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.rules.effects import Earn, Refuse
from huiguan.rules.kinds import top_up
from huiguan.rules.refunds import Back
from tests.rules.buying import AT, DAY, moment, says
from tests.rules.writing import compiled, found

LADDER = ("top_up", "grades: [{pay: 500.00, bonus: 50.00}, {pay: 1000.00, bonus: 120.00}]")


def asked(amount: int, **more: Any) -> top_up.Asked:
    return top_up.Asked(**{"at": AT, "day": DAY, "amount": amount, "held": 0, "tier": "", **more})


def stored(programme: Any, amount: int, **more: Any) -> tuple[int, int]:
    lots = [each for each in top_up.decide(programme, asked(amount, **more)).effects if isinstance(each, Earn)]
    return tuple(sum(each.amount for each in lots if each.unit == unit) for unit in ("principal", "bonus"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("amount", "bonus"), [(49999, 0), (50000, 5000), (50001, 5000), (99999, 5000), (100000, 12000), (250000, 12000)]
)
def test_the_highest_grade_reached_gives_its_bonus(amount: int, bonus: int) -> None:
    assert stored(compiled(LADDER), amount) == (amount, bonus)


@pytest.mark.parametrize(("amount", "bonus"), [(99999, 5000), (100000, 10000), (149999, 10000)])
def test_a_bonus_for_every_full_amount(amount: int, bonus: int) -> None:
    assert stored(compiled(("top_up", "repeat: true, grades: [{pay: 500.00, bonus: 50.00}]")), amount) == (
        amount,
        bonus,
    )


def test_the_next_grade_is_told() -> None:
    decision = top_up.decide(compiled(LADDER), asked(49999))
    assert says(decision) == [("T-01", "stored"), ("T-01", "next")]
    assert decision.reasons[1].values == {"gap": 1, "bonus": 5000}


@pytest.mark.parametrize(
    ("parameters", "fits", "breaks", "say", "more"),
    [
        ("minimum: 100.00", 10000, 9999, "too_little", {}),
        ("maximum: 100.00", 10000, 10001, "too_much", {}),
        ("opening: 300.00, minimum: 100.00", 30000, 29999, "opening", {}),
        ("multiple_of: 50.00", 10000, 10001, "not_multiple", {}),
        ("most_held: 1000.00", 40000, 40001, "held", {"held": 60000}),
        ("only_grades: true, grades: [{pay: 500.00, bonus: 1.00}]", 50000, 50001, "not_grade", {}),
    ],
)
def test_limits_on_both_sides(parameters: str, fits: int, breaks: int, say: str, more: dict[str, Any]) -> None:
    programme = compiled(("top_up", parameters))
    assert stored(programme, fits, **more)[0] == fits
    decision = top_up.decide(programme, asked(breaks, **more))
    assert [reason.say for reason in decision.reasons] == [say]
    assert all(isinstance(effect, Refuse) for effect in decision.effects)


def test_only_the_first_top_up_is_an_opening() -> None:
    programme = compiled(("top_up", "opening: 300.00, minimum: 100.00"))
    before = (top_up.Earlier(DAY, "", False),)
    assert stored(programme, 10000, earlier=before) == (10000, 0)
    undone = (top_up.Earlier(DAY, "", True),)
    assert top_up.decide(programme, asked(10000, earlier=undone)).reasons[0].say == "opening"


@pytest.mark.parametrize(
    ("day", "bonus"),
    [(date(2026, 6, 14), 0), (date(2026, 6, 15), 1000), (date(2026, 6, 16), 1000), (date(2026, 6, 17), 0)],
)
def test_a_window_includes_both_its_days(day: date, bonus: int) -> None:
    programme = compiled(("top_up", "since: 2026-06-15, until: 2026-06-16, grades: [{pay: 100.00, bonus: 10.00}]"))
    assert stored(programme, 10000, day=day)[1] == bonus


def test_so_often_in_a_month() -> None:
    programme = compiled(("top_up", "times: 1, per: month, grades: [{pay: 100.00, bonus: 10.00}]"))
    may, june = (top_up.Earlier(date(2026, month, 1), "T-01", False) for month in (5, 6))
    assert stored(programme, 10000, earlier=(may,))[1] == 1000
    assert stored(programme, 10000, earlier=(may, june))[1] == 0
    assert stored(programme, 10000, earlier=(top_up.Earlier(DAY, "T-01", True),))[1] == 1000


def test_for_whom_and_the_most_of_several() -> None:
    programme = compiled(LADDER, ("top_up", "tiers: [gold], grades: [{pay: 500.00, bonus: 80.00}]"))
    assert stored(programme, 50000) == (50000, 5000)
    assert stored(programme, 50000, tier="gold") == (50000, 8000)


def test_bonus_lives_to_the_end_of_its_day() -> None:
    decision = top_up.decide(compiled(("top_up", "bonus_months: 3, grades: [{pay: 1.00, bonus: 0.50}]")), asked(100))
    lots = {each.unit: each.expires_at for each in decision.effects if isinstance(each, Earn)}
    assert lots == {"principal": None, "bonus": moment("2026-09-16 00:00")}


def back(**given: Any) -> Back:
    plain = {"amount": 50000, "bonus": 5000, "left": 50000, "left_bonus": 5000, "spent": 0, "spent_bonus": 0}
    return Back(**{"day": DAY, "today": DAY, **plain, **given})


@pytest.mark.parametrize(
    ("parameters", "given", "expected"),
    [
        ("refund: {}", {}, (50000, 0, 0, 5000)),
        ("refund: {}", {"left_bonus": 0, "spent_bonus": 5000}, (45000, 5000, 0, 0)),
        (
            "refund: {}",
            {"left": 30000, "spent": 20000, "left_bonus": 1000, "spent_bonus": 4000},
            (26000, 4000, 0, 1000),
        ),
        # 200 of 500 spent have earned 20 of the 50: 10 more were spent, nothing is left to take.
        (
            "refund: {bonus: share}",
            {"left": 30000, "spent": 20000, "left_bonus": 2000, "spent_bonus": 3000},
            (29000, 1000, 0, 2000),
        ),
        # 20 are earned, 5 spent: 15 of the 45 left stay with her.
        (
            "refund: {bonus: share}",
            {"left": 30000, "spent": 20000, "left_bonus": 4500, "spent_bonus": 500},
            (30000, 0, 0, 3000),
        ),
        # 286.71 of 500 stand for 28.671 of the 50: 28.67 must come back, the part of a fen is hers.
        ("refund: {bonus: share}", {"left": 28671, "spent": 21329}, (28671, 0, 0, 2867)),
        ("refund: {fee_percent: 3}", {"left": 3350}, (3249, 0, 101, 5000)),  # 100.5 fen, half up
        ("refund: {}", {"left": 5000, "left_bonus": 5000, "deducted": 5000}, (10000, -5000, 0, 5000)),
    ],
)
def test_what_comes_back(parameters: str, given: dict[str, int], expected: tuple[int, int, int, int]) -> None:
    made = top_up.refund(compiled(("top_up", parameters)), back(**given))
    assert (made.money, made.off, made.fee, made.bonus) == expected


@pytest.mark.parametrize(
    ("parameters", "given", "say"),
    [
        ("minimum: 1.00", {}, "no_refund"),
        ("refund: {days: 30}", {"today": date(2026, 7, 16)}, "too_late"),
        ("refund: {}", {"left": 4000, "left_bonus": 1000, "spent_bonus": 4000}, "nothing"),
    ],
)
def test_what_does_not(parameters: str, given: dict[str, Any], say: str) -> None:
    made = top_up.refund(compiled(("top_up", parameters)), back(**given))
    assert made.money == 0
    assert made.stop is not None
    assert made.reasons[0].say == say


def test_the_last_day_and_the_law() -> None:
    programme = compiled(("top_up", "refund: {days: 30, fee_percent: 10}"))
    assert top_up.refund(programme, back(today=date(2026, 7, 15))).money == 45000
    assert top_up.refund(programme, back(today=date(2026, 7, 16), free=True)).money == 50000


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([LADDER, ("top_up", "minimum: 1.00"), ("top_up", "minimum: 2.00")], [("refuse", "disagreement", "T-03")]),
        ([("top_up", "since: 2026-06-02, until: 2026-06-01")], [("refuse", "never", "T-01")]),
        ([("top_up", "grades: [{pay: 100.00, bonus: 0.00}]")], [("refuse", "no_step", "T-01")]),
        (
            [("top_up", "grades: [{pay: 1.00, bonus: 0.50}, {pay: 2.00, bonus: 0.40}]")],
            [("warn", "falling_ladder", "T-01")],
        ),
        ([("top_up", "grades: [{pay: 1.00, bonus: 0.51}]")], [("warn", "large_bonus", "T-01")]),
    ],
)
def test_what_cannot_be_run_and_what_is_unwise(
    clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert found(*clauses) == expected
