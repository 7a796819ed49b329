"""What measures do, for how long, and what several of them make of a membership."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiguan.kernel.moments import zone
from huiguan.rules.kinds import measure_taken
from huiguan.rules.kinds.measure_taken import Standing
from huiguan.rules.lengths import when_over
from tests.rules.writing import compiled, found

SHANGHAI = zone("Asia/Shanghai")
STAGES = "stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]"
SANCTION = ("procedure", f"name: sanction, of: measure, opened_by: [staff], {STAGES}")
APPEAL = ("procedure", f"name: appeal, of: appeal, opened_by: [member], {STAGES}")


def measure(name: str, rest: str = "") -> tuple[str, str]:
    named = f"measure: {name}, called: {{zh: {name}, en: {name}}}, procedure: sanction"
    return "measure_taken", f"{named}{', ' + rest if rest else ''}"


BOOK = compiled(
    SANCTION,
    APPEAL,
    measure("warning", "demerits: 2"),
    measure("suspension", "standing: suspended, lasts: 6 months, appeal: appeal, appeal_within: 15 days"),
    measure("stop", "standing: suspended"),
    measure("curb", "rights: [vote, services], lasts: 30 days"),
    measure("expulsion", "standing: expelled"),
    measure("fine", "fine: 500"),
    measure("double", "fine_times: 2, fine_least: 1000"),
)
NAMED = measure_taken.measures(BOOK)
LADDER = (
    "tier_ladder",
    "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: mid, title: {zh: 中, en: Mid}}, {tier: high, title: {zh: 高, en: High}}]",
)
FINES = ("fee", "name: fines, amount: 1, due: {days: 10}")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]


def test_how_long_it_stands() -> None:
    held, reasons = measure_taken.decided(NAMED["suspension"], at(2026, 3, 15, 10), SHANGHAI)
    assert held.until == at(2026, 9, 15)
    assert held.stands(at(2026, 9, 14, 23, 59, 59)) and not held.stands(at(2026, 9, 15))
    assert not held.stands(at(2026, 3, 15, 9, 59, 59))
    assert [each.say for each in reasons] == ["taken", "suspends"]
    assert [each.say for each in measure_taken.decided(NAMED["stop"], at(2026, 3, 15), SHANGHAI)[1]][
        1
    ] == "suspends_open"
    curb, told = measure_taken.decided(NAMED["curb"], at(2026, 3, 2, 10), SHANGHAI)
    assert curb.until == at(2026, 4, 2)  # thirty whole days after 2 March: the last is 1 April
    assert measure_taken.SAYS["closes"].fill("zh", **told[1].values) == "“curb”期间停止：表决与选举、享受服务。"


def test_what_several_make_of_it() -> None:
    long = Standing("suspension", at(2026, 3, 15), at(2026, 9, 15))
    short = Standing("suspension", at(2026, 4, 1), at(2026, 5, 1))
    assert measure_taken.standing(BOOK, [short, long], at(2026, 4, 2)) == ("suspended", at(2026, 9, 15))
    assert measure_taken.standing(BOOK, [long, Standing("stop", at(2026, 4, 1))], at(2026, 4, 2)) == ("suspended", None)
    assert measure_taken.standing(BOOK, [long, Standing("expulsion", at(2026, 5, 1))], at(2026, 5, 2)) == (
        "expelled",
        None,
    )
    assert measure_taken.standing(BOOK, [long], at(2026, 9, 15)) == (None, None)
    assert measure_taken.standing(BOOK, [Standing("warning", at(2026, 4, 1))], at(2026, 4, 2)) == (None, None)
    curb = Standing("curb", at(2026, 3, 2), at(2026, 4, 2))
    assert measure_taken.closed(BOOK, [curb], at(2026, 3, 3)) == ("services", "vote")
    assert measure_taken.closed(BOOK, [curb], at(2026, 4, 2)) == ()


@pytest.mark.parametrize(
    ("name", "amount", "fen"),
    [
        ("fine", None, 50000),
        ("double", 10000, 100000),  # twice 100.00 is less than the least
        ("double", 50000, 100000),
        ("double", 50001, 100002),
        ("double", None, 100000),
        ("warning", 10000, None),
    ],
)
def test_fines(name: str, amount: int | None, fen: int | None) -> None:
    assert measure_taken.fine(NAMED[name], amount) == fen


def test_hours_weeks_and_years() -> None:
    length = measure_taken.rule(NAMED["curb"]).lasts
    assert length is not None
    made = type(length)
    assert when_over(made(48, "hour"), at(2026, 3, 2, 10), SHANGHAI) == at(2026, 3, 4, 10)
    assert when_over(made(1, "week"), at(2026, 3, 2, 10), SHANGHAI) == at(2026, 3, 10)
    assert when_over(made(1, "year"), at(2028, 2, 29, 10), SHANGHAI) - at(2029, 2, 28) == timedelta(0)


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ((SANCTION, measure("a"), measure("a")), "overlap"),
        ((measure("a"),), "unknown_procedure"),
        ((SANCTION, measure("a", "appeal: sanction, appeal_within: 3 days")), "wrong_procedure"),
        ((SANCTION, APPEAL, measure("a", "appeal: appeal")), "half"),
        ((SANCTION, measure("a", "tasks: [training]")), "half"),
        ((SANCTION, measure("a", "lasts: 3 days")), "nothing_lasts"),
        ((SANCTION, measure("a", "fine: 5, fine_times: 2")), "two_fines"),
    ],
)
def test_what_cannot_be_run(clauses: tuple[tuple[str, str], ...], code: str) -> None:
    assert code in [each[1] for each in found(*clauses) if each[0] == "refuse"]


def test_card_and_tier_go_by_what_stands() -> None:
    book = compiled(
        SANCTION,
        LADDER,
        measure("down", "also: {tiers: 1}, lasts: 6 months"),
        measure("two_down", "also: {tiers: 2}"),
        measure("hold", "also: {card: frozen}, lasts: 30 days"),
        measure("take", "also: {card: void}"),
    )
    down, two = Standing("down", at(2026, 3, 1), at(2026, 9, 2)), Standing("two_down", at(2026, 4, 1))
    lower, now = measure_taken.lower, at(2026, 5, 1)
    assert [lower(book, "high", taken, now) for taken in ([], [down], [two], [down, two])] == [
        "high",
        "mid",
        "low",
        "low",
    ]
    assert (lower(book, "high", [down], at(2026, 9, 2)), lower(book, "gone", [down], now)) == ("high", "gone")
    hold, take = Standing("hold", at(2026, 3, 1), at(2026, 4, 1)), Standing("take", at(2026, 3, 15))
    moments = (at(2026, 2, 28), at(2026, 3, 1), at(2026, 3, 20), at(2026, 4, 2))
    assert [measure_taken.card(book, [hold, take], each) for each in moments] == [None, "frozen", "void", "void"]
    assert measure_taken.card(book, [hold], at(2026, 4, 1)) is None


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ([measure("x", "fine: 5, also: {fee: fines}")], "unknown_fee"),
        ([FINES, measure("x", "also: {fee: fines}")], "no_fine"),
        ([measure("x", "also: {tiers: 1}")], "no_tiers"),
        ([measure("x", "demerits: 1, lasts: 3 months")], "nothing_lasts"),
    ],
)
def test_what_goes_with_nothing(clauses: list[tuple[str, str]], code: str) -> None:
    assert code in [each for _, each, _ in found(SANCTION, *clauses)]
    assert not found(
        SANCTION, FINES, LADDER, measure("y", "fine_times: 2, also: {fee: fines, tiers: 1}, lasts: 3 months")
    )
