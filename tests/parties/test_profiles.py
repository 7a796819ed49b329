"""A profile against a rulebook's form."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.parties.profiles import check_profile, missing_fields
from huiguan.rules.kinds.profile import Field

TODAY = date(2026, 11, 21)
TITLES = {"name": "姓名", "birthday": "生日", "sex": "性别", "height": "身高", "email": "邮箱"}


def form() -> tuple[Field, ...]:
    def field(name: str, **more: object) -> Field:
        return Field.model_validate({"name": name, "title": {"zh": TITLES[name], "en": name}, **more})

    sexes = [
        {"value": "female", "title": {"zh": "女", "en": "Female"}},
        {"value": "male", "title": {"zh": "男", "en": "Male"}},
    ]
    return (
        field("name", required=True),
        field("sex", type="choice", choices=sexes, required=True),
        field("birthday", type="date", required=True, sensitive=True),
        field("height", type="number", required=True),
        field("email", type="email"),
    )


FULL = {"name": "李梅", "sex": "女", "birthday": "1990年5月5日", "height": 165}


def test_values_are_kept_one_way() -> None:
    checked = check_profile(form(), FULL, today=TODAY)
    assert checked.complete
    assert checked.values == {"name": "李梅", "sex": "female", "birthday": "1990-05-05", "height": "165"}


@pytest.mark.parametrize("name", ["name", "sex", "birthday", "height"])
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_each_required_field_left_blank_is_named(name: str, blank: str | None) -> None:
    checked = check_profile(form(), {**FULL, name: blank}, today=TODAY, clause="B55-25")
    assert [(fault.field, fault.clause) for fault in checked.missing] == [(f"profile.{name}", "B55-25")]
    assert not checked.complete
    assert TITLES[name] in checked.missing[0].say("zh")


def test_wrong_values_are_all_told_and_bear_the_clause() -> None:
    checked = check_profile(form(), {**FULL, "sex": "F", "height": "tall", "email": "x"}, today=TODAY, clause="B55-25")
    assert [(fault.field, fault.clause) for fault in checked.wrong] == [
        ("profile.sex", "B55-25"),
        ("profile.height", "B55-25"),
        ("profile.email", "B55-25"),
    ]
    assert checked.wrong[0].say("zh") == "profile.sex：只能是 女、男"


def test_a_field_the_rulebook_does_not_know_is_never_dropped() -> None:
    checked = check_profile(form(), {**FULL, "shoe": "38"}, today=TODAY)
    assert [fault.field for fault in checked.wrong] == ["profile.shoe"]


def test_missing_fields() -> None:
    assert missing_fields(form(), ["name", "sex", "email"]) == ("birthday", "height")
