"""Which sorts of members there are, who may be one, and what a birthday changes."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import member_type, profile
from tests.rules.buying import says
from tests.rules.writing import compiled, found

ORDINARY = "type: ordinary, called: {zh: 普通会员, en: ordinary member}, age_from: 18"
YOUTH = (
    "type: youth, called: {zh: 青年会员, en: youth member}, age_under: 18, turns_at: 18, becomes: ordinary,"
    " rights: [activities, data]"
)
HONORARY = "type: honorary, called: {zh: 荣誉会员, en: honorary member}, apply: nomination, waives: [age]"
UNIT = "type: unit, called: {zh: 单位会员, en: unit}, of: organisation"
PROGRAMME = compiled(
    ("member_type", ORDINARY),
    ("member_type", YOUTH),
    ("member_type", HONORARY),
    ("member_type", UNIT),
    ("profile", "fields: [{name: name, title: {zh: 姓名, en: Name}, required: true}]"),
    ("profile", "types: [unit], fields: [{name: code, title: {zh: 代码, en: Code}, type: credit_code}]"),
)


@pytest.mark.parametrize(
    ("name", "born", "day", "said"),
    [
        ("ordinary", date(2008, 5, 5), date(2026, 5, 5), "of_type"),
        ("ordinary", date(2008, 5, 5), date(2026, 5, 4), "too_young"),
        ("ordinary", None, date(2026, 5, 4), "age_unknown"),
        ("youth", date(2008, 5, 5), date(2026, 5, 4), "of_type"),
        ("youth", date(2008, 5, 5), date(2026, 5, 5), "too_old"),
        ("honorary", None, date(2026, 5, 5), "of_type"),
        ("unit", None, date(2026, 5, 5), "of_type"),
        ("guest", None, date(2026, 5, 5), "unknown"),
    ],
)
def test_who_may_be_one(name: str, born: date | None, day: date, said: str) -> None:
    assert [say for _, say in says(member_type.decide(PROGRAMME, name, born, day, itself=False))] == [said]


def test_the_honorary_are_named() -> None:
    (refusal,) = member_type.decide(PROGRAMME, "honorary", None, date(2026, 5, 5), itself=True).effects
    assert isinstance(refusal, Refuse) and (refusal.code, refusal.clause) == ("NotByApplication", "T-03")
    assert member_type.waived(PROGRAMME, "honorary") == {"age"}
    assert member_type.rights(PROGRAMME, "youth") == {"activities", "data"}
    assert member_type.rights(PROGRAMME, "ordinary") is None


def test_a_birthday_turns_the_type() -> None:
    turn = member_type.turn(PROGRAMME, "youth", date(2008, 2, 29))
    assert turn is not None and (turn[0], turn[1], turn[2].id) == (date(2026, 3, 1), "ordinary", "T-02")
    assert member_type.type_on(PROGRAMME, "youth", date(2008, 2, 29), date(2026, 2, 28)) == "youth"
    assert member_type.type_on(PROGRAMME, "youth", date(2008, 2, 29), date(2026, 3, 1)) == "ordinary"
    assert member_type.type_on(PROGRAMME, "ordinary", date(2008, 2, 29), date(2099, 1, 1)) == "ordinary"


def test_each_type_has_its_form() -> None:
    assert [field.name for field in profile.form_of(PROGRAMME, "youth")[1]] == ["name"]
    assert [field.name for field in profile.form_of(PROGRAMME, "unit")[1]] == ["name", "code"]
    assert [field.name for field in profile.form(PROGRAMME)[1]] == ["name", "code"]
    assert member_type.entry(PROGRAMME) == "ordinary"
    assert member_type.entry(PROGRAMME, organisation=True) == "unit"


def test_what_the_lint_finds() -> None:
    assert found(("member_type", ORDINARY), ("member_type", ORDINARY)) == [
        ("refuse", "type_twice", "T-01"),
        ("refuse", "type_twice", "T-02"),
    ]
    assert found(("member_type", YOUTH)) == [("refuse", "unknown_type", "T-01")]
    assert found(("member_type", UNIT + ", age_from: 18")) == [("refuse", "not_a_person", "T-01")]
    assert found(("member_type", UNIT), ("term", "types: [units], months: 12")) == [("refuse", "unknown_type", "T-02")]
