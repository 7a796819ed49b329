"""Reasons told again, and clauses called by the source's own numbers."""

from __future__ import annotations

import pytest

from huiguan.rules.effects import Reason
from huiguan.rules.explaining import explained, label, sentence, western
from tests.rules.writing import compiled, designer_wear


def test_a_reason_is_told_in_both_languages() -> None:
    values = {"paid": 478800, "per": 10000, "give": 2, "unit": "points", "steps": 47, "units": 94, "rest": 8800}
    reason = Reason("B55-13", "earned", True, values)
    told = explained(designer_wear(), reason, "zh")
    assert (told.clause, told.label, told.title, told.given) == ("B55-13", "第 (四)1 条", "消费积分", True)
    assert told.sentence == "实付 ¥4,788.00，满 ¥100.00 积 2 分：47 个整份，得 94 分。余 ¥88.00 不计。"
    assert explained(designer_wear(), reason, "en").label == "Clause (4)1"


def test_a_missing_value_is_never_a_blank() -> None:
    with pytest.raises(KeyError):
        sentence(designer_wear(), Reason("B55-13", "earned", True, {"paid": 1}), "zh")


def test_a_clause_without_number_goes_by_its_id() -> None:
    programme = compiled(("statement", ""))
    assert label(programme, "T-01", "zh") == "第 (一)1 条"
    assert label(programme, "T-77", "zh") == "条款 T-77"
    assert label(programme, "T-77", "en") == "Clause T-77"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("(四)1", "(4)1"), ("二", "2"), ("(十)", "(10)"), ("十二", "12"), ("(二十)3", "(20)3"), ("(三十一)", "(31)")],
)
def test_chinese_numerals_read_as_digits(number: str, expected: str) -> None:
    assert western(number) == expected
