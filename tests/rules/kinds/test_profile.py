"""The form: its fields, and a form entered late."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import NOTHING, Reason, Warn
from huiguan.rules.explaining import sentence
from huiguan.rules.kinds import profile
from tests.rules.writing import compiled, findings

NAME = "{name: name, title: {zh: 姓名, en: Name}, required: true}"
HEIGHT = "{name: height, title: {zh: 身高, en: Height}, type: number, sensitive: true}"
SEX = "{name: sex, title: {zh: 性别, en: Sex}, type: choice, choices: [{value: female, title: {zh: 女, en: Female}}]}"


def test_the_fields_stand_in_the_file_s_order() -> None:
    clause, fields = profile.form(
        compiled(("profile", "entered: same_day"), ("profile", f"fields: [{NAME}, {HEIGHT}, {SEX}]"))
    )
    assert clause is not None and clause.id == "T-02"
    assert [(field.name, field.type, field.required, field.sensitive) for field in fields] == [
        ("name", "text", True, False),
        ("height", "number", False, True),
        ("sex", "choice", False, False),
    ]
    assert fields[2].choices[0].title.zh == "女"


def test_a_rulebook_may_have_no_form() -> None:
    assert profile.form(compiled(("profile", "entered: same_day"))) == (None, ())


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        (f"fields: [{NAME}, {NAME}]", "field_twice"),
        ("fields: [{name: sex, title: {zh: 性别, en: Sex}, type: choice}]", "wrong_value"),
        (
            "fields: [{name: sex, title: {zh: 性别, en: Sex}, choices: [{value: f, title: {zh: 女, en: F}}]}]",
            "wrong_value",
        ),
        ("fields: [{name: Sex, title: {zh: 性别, en: Sex}}]", "wrong_value"),
        ("fields: [{name: sex, title: 性别}]", "wrong_value"),
        ("fields: [{name: sex, title: {zh: 性别, en: Sex}, type: words}]", "wrong_value"),
        ("entered: next_day", "wrong_value"),
    ],
)
def test_wrong_forms_are_refused(parameters: str, code: str) -> None:
    assert [(finding.level, finding.code) for finding in findings(("profile", parameters))] == [("refuse", code)]


def test_the_required_fields_stand_in_one_clause() -> None:
    other = NAME.replace("name: name", "name: address")
    (finding,) = findings(("profile", f"fields: [{NAME}]"), ("profile", f"fields: [{other}]"))
    assert (finding.code, finding.clause) == ("two_forms", "T-02")
    assert finding.text.en == "One clause lists the fields that are required; T-01 already does."


def test_another_clause_may_add_fields_that_are_not() -> None:
    clause, fields = profile.form(compiled(("profile", f"fields: [{NAME}]"), ("profile", f"fields: [{HEIGHT}]")))
    assert clause is not None and clause.id == "T-01"
    assert [field.name for field in fields] == ["name", "height"]
    (finding,) = findings(("profile", f"fields: [{HEIGHT}]"), ("profile", f"fields: [{HEIGHT}]"))
    assert (finding.code, finding.clause) == ("field_twice", "T-02")


def test_a_form_of_the_same_day_is_in_time() -> None:
    decision = profile.entry(
        compiled(("profile", "entered: same_day")), filled_in=date(2026, 3, 1), entered=date(2026, 3, 1)
    )
    assert decision.effects == ()
    assert decision.reasons == (Reason("T-01", "on_time", True, {}),)


def test_a_form_of_the_day_before_is_late() -> None:
    programme = compiled(("profile", "entered: same_day"))
    decision = profile.entry(programme, filled_in=date(2026, 2, 27), entered=date(2026, 3, 1))
    values = {"filled": "2026-02-27", "entered": "2026-03-01", "days": 2}
    assert decision.effects == (Warn("T-01", "EnteredLate", values),)
    assert decision.reasons == (Reason("T-01", "late", False, values),)
    assert (
        sentence(programme, decision.reasons[0], "zh") == "2026 年 2 月 27 日填表，2026 年 3 月 1 日才录入，晚了 2 天。"
    )


def test_a_rulebook_that_does_not_say_marks_nothing() -> None:
    decision = profile.entry(
        compiled(("profile", f"fields: [{NAME}]")), filled_in=date(2026, 1, 1), entered=date(2026, 2, 1)
    )
    assert decision == NOTHING
