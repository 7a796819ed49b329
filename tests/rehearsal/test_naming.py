"""Names of earlier answers inside later steps."""

from __future__ import annotations

import pytest

from huiguan.rehearsal.naming import Names
from huiguan.rehearsal.values import Fault


@pytest.fixture
def names() -> Names:
    names = Names()
    names.put("li", {"number": "DN000001", "card": "C-1", "rights": [{"name": "opening_voucher", "code": "V1"}]})
    names.put("sale", {"id": "1-2", "number": "S1-0001", "member": "DN000001", "paid": "950.00"})
    names.put("quote", {"id": "", "member": "DN000001"})
    names.put("each", "address")
    return names


def test_an_answer_goes_by_its_own_name(names: Names) -> None:
    assert names.filled("$li", 1) == "DN000001"
    assert names.filled("$sale", 1) == "1-2"
    assert names.filled("$each", 1) == "address"


def test_a_word_of_each_stands_for_itself(names: Names) -> None:
    names.say("line", {"number": 7, "sku": "COAT"})
    assert names.filled("$line", 1) == {"number": 7, "sku": "COAT"}
    assert names.filled("$line.sku", 1) == "COAT"


def test_parts_by_key_place_and_name(names: Names) -> None:
    assert names.filled("$sale.paid", 1) == "950.00"
    assert names.filled("$li.rights.0.code", 1) == "V1"
    assert names.filled("$li.rights.opening_voucher.code", 1) == "V1"


def test_inside_lists_mappings_keys_and_texts(names: Names) -> None:
    given = {"vouchers": ["$li.rights.0.code"], "profile": {"$each": None}, "field": "profile.${each}", "n": 3}
    assert names.filled(given, 1) == {
        "vouchers": ["V1"],
        "profile": {"address": None},
        "field": "profile.address",
        "n": 3,
    }


@pytest.mark.parametrize("wrong", ["$nobody", "$li.age", "$li.rights.7.code", "$li.rights.nothing", "$"])
def test_what_was_never_said(names: Names, wrong: str) -> None:
    with pytest.raises(Fault) as told:
        names.filled(wrong, 9)
    assert told.value.line == 9
