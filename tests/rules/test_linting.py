"""The lint refuses what contradicts itself or names nothing, and warns of what is unwise."""

from __future__ import annotations

import pytest

from huiguan.rules.compiling import check_source
from huiguan.rules.shelf import shipped, source_of
from tests.rules.writing import findings, found

EARN = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")
RUNGS = (
    "tier_ladder",
    "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: mid, title: {zh: 中, en: Mid}}, {tier: top, title: {zh: 高, en: Top}}]",
)


def rates(member: str, apply: str = "{member: always}") -> tuple[str, str]:
    return ("benefit", f"rates: {{member: {{{member}}}}}, apply: {apply}")


def promote(*steps: str) -> tuple[str, str]:
    return ("tier_ladder", f"promote: [{', '.join(steps)}]")


def step(since: str, to: str, reach: str = "1000.00", months: int = 6) -> str:
    return f"{{since: {since}, to: {to}, reach: {reach}, months: {months}}}"


# What is unwise in a document and was left as it stands: (code, clause).
UNWISE = {
    "alliance-points": [("late_booking", "B28-20")],
    "phone-vip": [("rebate_of_half", "B22-14")],
    "supermarket": [("ladder_pays_less", "B26-28"), ("ladder_pays_less", "B26-29")],
}


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_rulebook_has_no_findings_but_those_its_document_earns(name: str) -> None:
    found = check_source(source_of(name))
    assert [(finding.level, finding.code, finding.clause) for finding in found] == [
        ("warn", code, clause) for code, clause in UNWISE.get(name, [])
    ]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([RUNGS, rates("low: 0.95, gold: 0.90")], [("refuse", "unknown_tier", "T-02")]),
        ([RUNGS, promote(step("low", "tpo"))], [("refuse", "unknown_tier", "T-02")]),
        ([RUNGS, promote(step("mid", "low"))], [("refuse", "downward", "T-02")]),
        ([RUNGS, RUNGS], [("refuse", "tier_twice", "T-02")] * 3),
        ([RUNGS, rates("any: 0.95", "{}")], [("refuse", "no_apply", "T-02")]),
        ([RUNGS, rates("any: 0.95", "{member: always, birthday: asked}")], [("refuse", "unknown_benefit", "T-02")]),
        ([RUNGS, rates("any: 0.95"), ("discount", "benefits: [membre]")], [("refuse", "unknown_benefit", "T-03")]),
        ([("stacking", "first: vouchers, then: [discount]")], [("refuse", "unknown_stage", "T-01")]),
        ([EARN, ("expiry", "unit: pionts, clears: 12-31")], [("refuse", "unknown_unit", "T-02")]),
        ([EARN, ("redemption", "unit: miles, ways: [gift]")], [("refuse", "unknown_unit", "T-02")]),
        ([EARN, ("reversal", "unit: miles, undo: earned")], [("refuse", "unknown_unit", "T-02")]),
        ([("earn", "unit: points, per: 0.00, give: 2, worth: 1.00")], [("refuse", "no_step", "T-01")]),
        ([("redemption", "unit: points, ways: [offset], worth: 0.00")], [("refuse", "no_step", "T-01")]),
        ([RUNGS, ("segment", "name: s, where: {tier: [low, gold]}")], [("refuse", "unknown_tier", "T-02")]),
        ([("eligibility", "grants: [gift], needs: [profile_complete]")], [("refuse", "unknown_grant", "T-01")]),
        (
            [("segment", "name: s, where: {count: {of: rights, where: {right_name: gift}, from: 1}}")],
            [("refuse", "unknown_grant", "T-01")],
        ),
    ],
)
def test_a_name_that_names_nothing_is_refused(
    clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert found(*clauses) == expected


def test_a_name_that_names_nothing_is_told_with_its_neighbour() -> None:
    (finding,) = findings(RUNGS, rates("low: 0.95, mdi: 0.90"))
    assert finding.line == 7
    assert finding.path == "rates.member"
    assert finding.text.en == "There is no tier mdi. Did you mean mid?"
    assert finding.text.zh == "没有 mdi 这个等级。是不是 mid？"


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([EARN, EARN], [("refuse", "overlap", "T-02")]),
        ([EARN, ("earn", "unit: stars, per: 1.00, give: 1, worth: 0.01")], []),
        ([RUNGS, rates("any: 0.9"), rates("any: 0.8")], [("refuse", "overlap", "T-03")]),
        ([("scope", "shops: all"), ("scope", "shops: [S1]")], [("refuse", "overlap", "T-02")]),
        (
            [("grant", "on: card_issued, name: gift, worth: 10.00")] * 2,
            [("refuse", "overlap", "T-02")],
        ),
        (
            [EARN, ("expiry", "unit: points, clears: 12-31"), ("expiry", "unit: points, clears: 06-30")],
            [("refuse", "disagreement", "T-03")],
        ),
        ([EARN, ("expiry", "unit: points, carries: [12]")], [("refuse", "disagreement", "T-02")]),
        (
            [EARN, ("expiry", "unit: points, clears: 12-31, takes_until: 11-30, carries: [11, 12]")],
            [("refuse", "disagreement", "T-02")],
        ),
        (
            [EARN, ("expiry", "unit: points, clears: 06-30, takes_until: 12-31")],
            [("refuse", "cut_off_too_late", "T-02")],
        ),
        (
            [EARN, ("redemption", "unit: points, ways: [offset], worth: 0.50")],
            [("refuse", "disagreement", "T-02")],
        ),
        (
            [
                EARN,
                ("redemption", "unit: points, months: [6], ways: [gift]"),
                ("redemption", "unit: points, months: [12]"),
            ],
            [("refuse", "disagreement", "T-03")],
        ),
        (
            [("stacking", "first: points, then: [discount]"), ("stacking", "first: discount, then: [points]")],
            [("refuse", "loop", "T-02")],
        ),
        ([RUNGS, promote(step("low", "mid"), step("low", "top"))], [("refuse", "overlap", "T-02")]),
        ([("segment", "name: s, where: {tier: {missing: true}}")] * 2, [("refuse", "segment_twice", "T-02")]),
    ],
)
def test_clauses_that_contradict_each_other_are_refused(
    clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert found(*clauses) == expected


def test_a_disagreement_shows_both_values() -> None:
    (finding,) = findings(EARN, ("redemption", "unit: points, ways: [offset], worth: 0.50"))
    assert finding.text.en == "worth disagrees with T-01: 0.50 here, 1.00 there."
    assert finding.text.zh == "“worth”与 T-01 不一致：这里是 0.50，那里是 1.00。"


def test_promotion_in_a_circle_is_refused() -> None:
    codes = found(RUNGS, promote(step("low", "mid"), step("mid", "low")))
    assert codes == [("refuse", "loop", "T-02"), ("refuse", "downward", "T-02")]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ([("earn", "unit: points, per: 100.00, give: 49, worth: 1.00")], []),
        ([("earn", "unit: points, per: 100.00, give: 50, worth: 1.00")], [("warn", "rebate_of_half", "T-01")]),
        ([RUNGS, rates("low: 0.95, mid: 0.95, top: 0.90")], []),
        ([RUNGS, rates("low: 0.90, mid: 0.95, top: 0.90")], [("warn", "benefit_falls", "T-02")]),
        ([RUNGS, rates("low: 0.90, mid: 0.90")], [("warn", "benefit_falls", "T-02")]),
        ([RUNGS, rates("any: 0.51")], []),
        ([RUNGS, rates("any: 0.50")], [("warn", "half_price", "T-02")]),
        ([RUNGS, rates("any: 1.01")], [("warn", "surcharge", "T-02")]),
        ([RUNGS, promote(step("low", "mid", "1000.00"), step("mid", "top", "1000.01"))], []),
        (
            [RUNGS, promote(step("low", "mid", "1000.00"), step("mid", "top", "1000.00"))],
            [("warn", "ladder_falls", "T-02")],
        ),
        ([RUNGS, promote(step("low", "mid", "0.00"))], [("warn", "reached_at_once", "T-02")]),
        ([EARN, ("redemption", "unit: points, months: [6]")], [("warn", "never_opens", "T-02")]),
        ([EARN, ("redemption", "unit: points, months: [6], ways: [gift]")], []),
        ([("grant", "on: card_issued, name: gift, worth: 0.00")], [("warn", "worthless", "T-01")]),
        ([("scope", "shops: []")], [("warn", "covers_nothing", "T-01")]),
        ([("segment", "name: s, where: {visits_this_year: {from: 3, to: 2}}")], [("warn", "never_holds", "T-01")]),
        ([("segment", "name: s, where: {visits_this_year: {over: 2, under: 3}}")], [("warn", "never_holds", "T-01")]),
        ([("segment", "name: s, where: {visits_this_year: {from: 2, to: 2}}")], []),
        ([("segment", "name: s, where: {count: {of: rights, under: 0}}")], [("warn", "never_holds", "T-01")]),
    ],
)
def test_what_is_unwise_is_warned_of(clauses: list[tuple[str, str]], expected: list[tuple[str, str, str]]) -> None:
    assert found(*clauses) == expected


def test_months_whose_points_can_never_be_used_are_named() -> None:
    clearing = ("expiry", "unit: points, clears: 12-31, takes_until: 11-30")
    (finding,) = findings(EARN, clearing, ("redemption", "unit: points, months: [6], ways: [gift]"))
    assert finding.code == "never_opens"
    assert finding.text.en == (
        "Points earned in Jul, Aug, Sep, Oct, Nov are cleared before any month in which they could be used."
    )
    assert finding.text.zh == "7 月、8 月、9 月、10 月、11 月得到的积分在清零之前遇不到兑换的月份，永远用不上。"


def test_a_fault_elsewhere_does_not_make_references_look_broken() -> None:
    assert found(("earn", "unit: points, give: 2, worth: 1.00"), ("expiry", "unit: stars, clears: 12-31")) == [
        ("refuse", "missing_key", "T-01")
    ]


def test_warnings_come_when_nothing_is_refused() -> None:
    half = ("earn", "unit: points, per: 1.00, give: 1, worth: 1.00")
    assert found(half, ("expiry", "unit: stars, clears: 12-31")) == [("refuse", "unknown_unit", "T-02")]
