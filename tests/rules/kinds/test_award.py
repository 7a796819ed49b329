"""Whom an award may be given, how many a year, how long it is borne, and what lint says of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiguan.kernel.moments import zone
from huiguan.rules.kinds import award
from huiguan.rules.kinds.award import Proposed
from huiguan.rules.programme import Programme
from tests.rules.writing import compiled, found

SHANGHAI = zone("Asia/Shanghai")
STAGES = "stages: [{stage: decide, title: {zh: 决定, en: Decision}, by: {post: owner}}]"
PROCEDURE = ("procedure", f"name: honours, of: award, opened_by: [staff], {STAGES}")
MATTER = ("procedure", f"name: plain, of: record, opened_by: [staff], {STAGES}")
LADDER = (
    "tier_ladder",
    "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: mid, title: {zh: 中, en: Mid}}, {tier: high, title: {zh: 高, en: High}}]",
)
COUNCIL = (
    "body",
    "body: council, called: {zh: 理事会, en: Council}, places: [{role: chair, title: {zh: 会长, en: Chair}}]",
)
DUES = ("fee", "name: dues, amount: 1000, every: year, due: {days: 10}")
ONCE = ("fee", "name: copies, amount: 5, due: {days: 10}")


def an_award(rest: str, procedure: str = "honours") -> tuple[str, str]:
    named = "award: best, called: {zh: 优秀会员, en: best member}"
    return "award", f"{named}, procedure: {procedure}, {rest}"


def book(rest: str) -> Programme:
    return compiled(PROCEDURE, LADDER, COUNCIL, DUES, an_award(rest))


@pytest.mark.parametrize(
    ("rest", "who", "refused"),
    [
        ("most: 2", Proposed("李梅", given=1), None),
        ("most: 2", Proposed("李梅", given=2), "AwardsUsedUp"),
        ("most: 2", Proposed("李梅", already=True), "AwardedAlready"),
        ("seated: [council]", Proposed("李梅", seats=frozenset({"council"})), None),
        ("seated: [council]", Proposed("李梅"), "AwardNotHers"),
        ("categories: [{category: firm, called: {zh: 单位, en: unit}}]", Proposed("李梅", category="firm"), None),
        ("categories: [{category: firm, called: {zh: 单位, en: unit}}]", Proposed("李梅"), "AwardCategoryNeeded"),
        ("most: 2", Proposed("李梅", category="firm"), "AwardCategoryNeeded"),
    ],
)
def test_who_may_be_proposed(rest: str, who: Proposed, refused: str | None) -> None:
    programme = book(rest)
    decision = award.decide(programme, award.awards(programme)["best"], who, date(2026, 3, 1))
    assert [each.code for each in decision.effects] == ([refused] if refused else [])  # type: ignore[union-attr]
    assert decision.reasons[0].given is (refused is None)


def test_the_year_of_awards() -> None:
    clause = award.awards(book("year_from: 09-01"))["best"]
    assert award.year_of(clause, date(2026, 8, 31)) == (date(2025, 9, 1), date(2026, 8, 31))
    assert award.year_of(clause, date(2026, 9, 1)) == (date(2026, 9, 1), date(2027, 8, 31))
    plain = award.awards(book("most: 1"))["best"]
    assert award.year_of(plain, date(2026, 1, 1)) == (date(2026, 1, 1), date(2026, 12, 31))


def test_what_it_brings() -> None:
    programme = book("lasts: 12 months, points: 500, tiers: 1, waives: [dues]")
    until, reasons = award.granted(programme, award.awards(programme)["best"], datetime(2026, 3, 15, 10, tzinfo=SHANGHAI), SHANGHAI)  # fmt: skip
    assert until == datetime(2027, 3, 15, tzinfo=SHANGHAI)  # as six months from 15 March end with 14 September
    assert [each.say for each in reasons] == ["title", "points", "raises", "waives"]
    assert award.SAYS["points"].fill("en", **reasons[1].values) == "500 points are given."
    assert [award.raised(programme, tier, 1) for tier in ("low", "mid", "high", "none")] == ["mid", "high", "high", "none"]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        (an_award("most: 1", procedure="nowhere"), "unknown_procedure"),
        (an_award("most: 1", procedure="plain"), "wrong_procedure"),
        (an_award("seated: [board]"), "unknown_seated"),
        (an_award("only: nobody"), "unknown_only"),
        (an_award("waives: [nothing], lasts: 1 year"), "unknown_waives"),
        (an_award("waives: [copies], lasts: 1 year"), "no_period"),
        (an_award("waives: [dues]"), "endless"),
        (an_award("certificate: diploma"), "unknown_certificate"),
        (an_award("falls_with: [expulsion]"), "unknown_falls_with"),
        (an_award("tiers: 1"), "no_tiers"),
        (an_award("categories: [{category: a, called: {zh: 甲, en: A}}, {category: a, called: {zh: 乙, en: B}}]"), "category_twice"),
        (("award", "award: best, called: {zh: 优秀, en: best}"), "nobody_decides"),
    ],
)  # fmt: skip
def test_lint(clause: tuple[str, str], code: str) -> None:
    assert code in {each[1] for each in found(PROCEDURE, MATTER, DUES, ONCE, clause)}


def test_named_twice() -> None:
    assert "overlap" in {each[1] for each in found(PROCEDURE, an_award("most: 1"), an_award("most: 2"))}
