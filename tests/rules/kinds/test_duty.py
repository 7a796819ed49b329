"""Whom a duty binds, what a breach of it brings, and what the same again proposes."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import duty
from huiguan.rules.kinds.duty import Bound
from tests.rules.kinds.test_measure_taken import SANCTION, measure
from tests.rules.writing import compiled, found


def said(name: str, rest: str = "") -> tuple[str, str]:
    return "duty", f"duty: {name}, called: {{zh: {name}, en: {name}}}{', ' + rest if rest else ''}"


PLACES = "places: [{role: member, title: {zh: 委员, en: Member}, count: 2}]"
BOOK = compiled(
    SANCTION,
    measure("criticism"),
    measure("warning", "level: 2"),
    measure("expulsion", "level: 3, standing: expelled"),
    ("body", f"body: council, called: {{zh: 理事会, en: Council}}, {PLACES}"),
    ("member_type", "type: ordinary, called: {zh: 普通, en: Ordinary}"),
    ("member_type", "type: youth, called: {zh: 青年, en: Youth}"),
    said("image", "types: [ordinary], measures: [criticism, expulsion], proposes: [criticism], repeat_months: 12"),
    said("exams", "seated: [council], count: 2, proposes: [warning], repeat_months: 12"),
    said("other"),
    said("till", "who: staff, beside: [shop_manager]"),
    said("points", "demerits: {points: 12, months: 12}, proposes: [warning]"),
)
DUTIES = duty.duties(BOOK)


def refusal(decision: object) -> str | None:
    return next((each.code for each in decision.effects if isinstance(each, Refuse)), None)  # type: ignore[attr-defined]


def test_whom_it_binds() -> None:
    assert refusal(duty.decide(DUTIES["image"], Bound("李", "ordinary"))) is None
    assert refusal(duty.decide(DUTIES["image"], Bound("李", "youth"))) == "DutyNotHers"
    assert refusal(duty.decide(DUTIES["exams"], Bound("李", "ordinary", frozenset({"council"})))) is None
    assert refusal(duty.decide(DUTIES["exams"], Bound("李", "ordinary"))) == "DutyNotHers"


def test_how_many_and_which_measures() -> None:
    assert refusal(duty.enough(DUTIES["exams"], 1)) == "TooFewBreaches"
    assert refusal(duty.enough(DUTIES["exams"], 2)) is None
    assert refusal(duty.admits(BOOK, DUTIES["image"], "warning")) == "MeasureNotAdmitted"
    assert refusal(duty.admits(BOOK, DUTIES["image"], "expulsion")) is None
    assert refusal(duty.admits(BOOK, DUTIES["exams"], "criticism")) is None


@pytest.mark.parametrize(
    ("earlier", "proposed", "say"),
    [
        ((), ("criticism",), "proposed"),
        ((date(2025, 3, 1),), ("criticism",), "proposed"),  # a year ago to the day is no repeat
        ((date(2025, 3, 2),), ("expulsion",), "repeated"),  # the next level among those that may follow
        ((date(2026, 3, 1),), ("expulsion",), "repeated"),  # the same day
        ((date(2026, 3, 2),), ("criticism",), "proposed"),  # what came later was not there before
    ],
)
def test_the_same_again_within_a_year(earlier: tuple[date, ...], proposed: tuple[str, ...], say: str) -> None:
    told = duty.propose(BOOK, DUTIES["image"], earlier, date(2026, 3, 1))
    assert (told.measures, told.reason.say) == (proposed, say)
    assert duty.SAYS[say].both(**told.reason.values)["zh"]


def test_without_usual_measures_and_without_a_harder_one() -> None:
    assert duty.propose(BOOK, DUTIES["other"], (), date(2026, 3, 1)).reason.say == "open"
    again = duty.propose(BOOK, DUTIES["exams"], (date(2026, 1, 1),), date(2026, 3, 1))
    assert again.measures == ("expulsion",)  # any measure may follow: the next level of all of them


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ((said("a"), said("a")), "overlap"),
        ((said("a", "measures: [fine]"),), "unknown_measure"),
        ((said("a", "types: [guest]"),), "unknown_type"),
        ((said("a", "seated: [council]"),), "unknown_body"),
        ((SANCTION, measure("b"), measure("c"), said("a", "measures: [b], proposes: [c]")), "not_admitted"),
    ],
)
def test_what_cannot_be_run(clauses: tuple[tuple[str, str], ...], code: str) -> None:
    assert code in [each[1] for each in found(*clauses) if each[0] == "refuse"]


def test_a_duty_of_the_staff_binds_no_member_and_one_of_members_none_of_them() -> None:
    assert refusal(duty.decide(DUTIES["till"], Bound("李", staff=True))) is None
    assert refusal(duty.decide(DUTIES["till"], Bound("李", "ordinary"))) == "DutyNotHers"
    assert refusal(duty.decide(DUTIES["other"], Bound("李", staff=True))) == "DutyNotHers"


def test_demerits_gather_within_so_many_months() -> None:
    assert [duty.rule(each).duty for each in duty.gathering(BOOK)] == ["points"]
    clause, brought = DUTIES["points"], [(date(2026, 3, 15), 6), (date(2026, 9, 1), 5), (date(2027, 2, 1), 1)]
    assert duty.gathered(clause, brought, date(2027, 1, 31)) is None  # eleven
    reason = duty.gathered(clause, brought, date(2027, 3, 14))
    assert reason is not None and reason.values["points"] == 12
    assert duty.gathered(clause, brought, date(2027, 3, 15)) is None  # the first six count no more
