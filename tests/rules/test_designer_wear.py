"""The designer-wear rulebook: every clause of the specification, with the parameters the product stands on."""

from __future__ import annotations

import re
from fractions import Fraction

from huiguan.kernel.text import Text
from tests.rules.writing import designer_wear

WAITING = {
    "analytics": {9, 32},
    "gatherings": {33, 47, 48},
    "campaigns": {43, 45, 46},
    "care": {34, 35, 36, 37, 38, 39, 40, 42},
}
MISSING = {3, 4, 11, 25, 35, 38, 49}


def number(clause_id: str) -> int:
    return int(clause_id.partition("-")[2])


def test_every_clause_is_there_in_order() -> None:
    assert list(designer_wear().clauses) == [f"B55-{n:02d}" for n in range(1, 51)]


def test_every_clause_says_something_in_both_languages() -> None:
    texts: list[Text] = []
    for clause in designer_wear().clauses.values():
        assert clause.source.startswith("会员管理规定 "), clause.id
        assert re.search("[\u4e00-\u9fff]", clause.text.zh) and re.search("[\u4e00-\u9fff]", clause.title.zh), clause.id
        assert not re.search("[\u4e00-\u9fff]", clause.text.en + clause.title.en), clause.id
        assert clause.text.zh.endswith("。") and clause.text.en.endswith("."), clause.id
        texts.append(clause.text)
    assert len(set(texts)) == 50


def test_waiting_clauses_are_statements_that_name_their_room() -> None:
    waiting: dict[str, set[int]] = {}
    for clause in designer_wear().clauses.values():
        if clause.waits_for:
            assert clause.kind == "statement"
            waiting.setdefault(clause.waits_for, set()).add(number(clause.id))
    assert waiting == WAITING
    assert [clause.id for clause in designer_wear().of("statement")] == ["B55-24"]


def test_gaps_of_the_source_are_marked() -> None:
    assert {number(clause.id) for clause in designer_wear().clauses.values() if clause.missing} == MISSING


def test_the_defaults_of_the_specification() -> None:
    def of(n: int) -> dict[str, object]:
        return designer_wear().clauses[f"B55-{n:02d}"].parameters.model_dump()

    assert of(3)["promote"] == [
        {
            "since": "points_card",
            "to": "diamond_card",
            "measure": "spend",
            "reach": 1_000_000,
            "months": 6,
            "within": None,
        }
    ]
    rates = of(4)["rates"]
    assert {name: {tier: Fraction(rate) for tier, rate in each.items()} for name, each in rates.items()} == {  # type: ignore[attr-defined]
        "member": {"points_card": Fraction(19, 20), "diamond_card": Fraction(9, 10)},
        "birthday": {"any": Fraction(4, 5)},
    }
    assert of(6)["quota"] == {"times": 1, "per": "year"}
    assert (of(10)["worth"], of(10)["opening"]) == (20_000, False)
    assert (of(11)["worth"], of(11)["valid"]) == (10_000, "birthday_month")
    assert (of(13)["per"], of(13)["give"], of(13)["worth"]) == (10_000, 2, 100)
    assert (of(14)["clears"], of(14)["takes_until"], of(14)["spend"]) == ((12, 31), (11, 30), "oldest")
    assert (of(19)["months"], of(19)["times"]) == ([6, 12], 1)
    assert (of(23)["shortfall"], of(23)["used"]) == (["gift", "cash"], "back_to_lots")


def test_fourteen_fields_are_required_and_the_body_is_kept_sealed() -> None:
    fields = designer_wear().clauses["B55-25"].parameters.fields  # type: ignore[attr-defined]
    assert [field.name for field in fields if field.required] == [
        "card",
        "name",
        "sex",
        "phone",
        "birthday",
        "occupation",
        "hobbies",
        "colours",
        "style",
        "height",
        "measurements",
        "skin_tone",
        "address",
        "opinion",
    ]
    assert [field.name for field in fields if field.sensitive] == [
        "phone",
        "height",
        "measurements",
        "skin_tone",
        "address",
    ]


def test_a_coupon_is_called_what_its_clause_is_called() -> None:
    titles = [clause.parameters.title for clause in designer_wear().of("grant")]  # type: ignore[attr-defined]
    assert [(title.zh, title.en) for title in titles] == [
        ("开卡积分券", "Welcome voucher"),
        ("生日积分券", "Birthday voucher"),
    ]
