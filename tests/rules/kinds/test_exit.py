"""How a membership ends, and the way back."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import exit as exits
from tests.rules.buying import says
from tests.rules.writing import compiled, found

GROUNDS = """grounds: [
 {ground: wish, called: {zh: 自愿, en: own wish}, by: member},
 {ground: silent, called: {zh: 自动退会, en: gone silent}, back: procedure, procedure: strict, silent: 12},
 {ground: crime, called: {zh: 犯罪, en: a crime}, reads: expelled, back: barred, years: 5}]"""
CLEARED = """cleared: [
 {kind: dues, called: {zh: 会费, en: dues}}, {kind: asset, called: {zh: 借物, en: things lent}}]"""
PROGRAMME = compiled(
    ("exit", GROUNDS.replace("\n", "") + ", notice: 30, same_by: [code], " + CLEARED.replace("\n", ""))
)


@pytest.mark.parametrize(
    ("ground", "itself", "said", "refused"),
    [
        ("wish", True, "ground", None),
        ("crime", True, "not_hers", "NoSuchGround"),
        ("crime", False, "ground", None),
        ("mood", False, "unknown", "NoSuchGround"),
    ],
)
def test_on_which_ground(ground: str, itself: bool, said: str, refused: str | None) -> None:
    decision = exits.decide(PROGRAMME, "", ground, itself=itself)
    assert says(decision) == [("T-01", said)]
    assert [e.code for e in decision.effects if isinstance(e, Refuse)] == ([refused] if refused else [])


def test_the_notice_is_whole_days() -> None:
    on, reason = exits.earliest(PROGRAMME, "", date(2026, 3, 1))
    assert on == date(2026, 4, 1) and reason is not None and reason.say == "notice"


def test_what_must_be_cleared_and_in_which_order() -> None:
    standing = [("asset", "投影仪"), ("dues", "2026"), ("dues", "2025"), ("gossip", "x")]
    first, second = exits.unmet(PROGRAMME, "", standing)
    assert (first.values["count"], first.values["refs"]) == (2, ["2025", "2026"])
    assert second.values["refs"] == ["投影仪"]
    assert exits.unmet(PROGRAMME, "", [("gossip", "x")]) == ()
    earlier = exits.too_soon(PROGRAMME, "", "asset", standing)
    assert earlier is not None and earlier.say == "earlier"
    assert exits.too_soon(PROGRAMME, "", "dues", standing) is None
    assert exits.too_soon(PROGRAMME, "", "gossip", standing) is None


@pytest.mark.parametrize(
    ("ground", "day", "said"),
    [
        ("wish", date(2026, 3, 2), "free"),
        ("silent", date(2026, 3, 2), "strict"),
        ("crime", date(2031, 2, 28), "barred"),
        ("crime", date(2031, 3, 1), "free"),
    ],
)
def test_the_way_back(ground: str, day: date, said: str) -> None:
    decision = exits.back(PROGRAMME, "", ground, date(2026, 3, 1), day)
    assert says(decision) == [("T-01", said)]
    assert bool(decision.effects) == (said == "barred")


def test_silence_and_who_is_the_same() -> None:
    known = exits.silent_ground(PROGRAMME, "")
    assert known is not None and exits.silence(known, date(2025, 2, 28))[0] == date(2026, 2, 28)
    assert exits.same_by(PROGRAMME) == ("code",)
    assert exits.way_back(PROGRAMME, "", "silent") == "strict"


def test_what_the_lint_finds() -> None:
    twice = "grounds: [{ground: a, called: {zh: 甲, en: A}}, {ground: a, called: {zh: 乙, en: B}}]"
    assert found(("exit", twice)) == [("refuse", "exit_twice", "T-01")]
    assert [level for level, *_ in found(("exit", "grounds: [{ground: a, called: {zh: 甲, en: A}, years: 5}]"))] == [
        "refuse"
    ]


def test_units_are_void_where_the_house_decides_and_are_known() -> None:
    ground = "grounds: [{ground: a, called: {zh: 甲, en: A}, by: HOW, voids: [points]}]"
    earn = ("earn", "unit: points, per: 1.00, give: 1")
    assert found(("exit", ground.replace("HOW", "house")), earn) == []
    strange = ground.replace("HOW", "house").replace("points", "miles")
    assert found(("exit", strange), earn) == [("refuse", "unknown_unit", "T-01")]
    assert [level for level, *_ in found(("exit", ground.replace("HOW", "member")), earn)] == ["refuse"]
    silent = ground.replace("HOW", "house, silent: 12")
    assert [level for level, *_ in found(("exit", silent), earn)] == ["refuse"]


def test_what_is_asked_for_goes_through_a_procedure_of_leaving() -> None:
    wish = ("exit", "grounds: [{ground: wish, called: {zh: 自愿, en: own wish}, by: member, through: leaving}]")
    stages = "stages: [{stage: look, title: {zh: 看, en: Look}, by: {post: owner}}]"
    assert found(wish, ("procedure", f"name: leaving, of: exit, opened_by: [member], {stages}")) == []
    for other in ("name: leaving, of: record", "name: parting, of: exit"):
        codes = found(wish, ("procedure", f"{other}, opened_by: [member], {stages}"))
        assert codes == [("refuse", "unknown_procedure", "T-01")]
