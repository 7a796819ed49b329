"""A rulebook with some clauses changed compiles like one written so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from huiguan.rehearsal.values import Fault
from huiguan.rehearsal.variants import changed
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.shelf import source_of

SOURCE = source_of("designer-wear").decode()


def test_nothing_changed_is_the_source_itself() -> None:
    assert changed(SOURCE, {}) is SOURCE


def test_all_else_stays_as_it_was() -> None:
    before, after = compile_rulebook(SOURCE), compile_rulebook(changed(SOURCE, {"B55-13": {"give": 3}}))
    assert after.clauses["B55-13"].parameters.give == 3  # type: ignore[attr-defined]
    assert list(after.clauses) == list(before.clauses)
    same = [name for name in before.clauses if name != "B55-13"]
    assert [after.clauses[name].parameters for name in same] == [before.clauses[name].parameters for name in same]
    assert [after.clauses[name].text for name in same] == [before.clauses[name].text for name in same]


def test_money_and_rates_keep_every_digit() -> None:
    rates = {"rates": {"member": {"any": "0.875"}, "birthday": {"any": "17/20"}}}
    after = compile_rulebook(changed(SOURCE, {"B55-04": rates, "B55-13": {"per": "99.99"}}))
    assert after.clauses["B55-04"].parameters.rates["member"]["any"] == Fraction(7, 8)  # type: ignore[attr-defined]
    assert after.clauses["B55-13"].parameters.per == 9999  # type: ignore[attr-defined]


def test_a_clause_taken_out_one_put_in_and_the_head_changed() -> None:
    changes = {"B55-16": None, "B55-90": {"kind": "statement"}, "zone": "Asia/Tokyo"}
    after = compile_rulebook(changed(SOURCE, changes))
    assert "B55-16" not in after.clauses
    assert after.clauses["B55-90"].kind == "statement"
    assert after.zone_name == "Asia/Tokyo"


def test_a_parameter_taken_out() -> None:
    after = compile_rulebook(changed(SOURCE, {"B55-29": {"entered": None}}))
    assert after.clauses["B55-29"].parameters.entered is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("changes", [{"B55-77": {"give": 3}}, {"B55-77": None}])
def test_a_clause_there_is_not(changes: dict[str, object]) -> None:
    with pytest.raises(Fault) as told:
        changed(SOURCE, changes)
    assert "B55-77" in told.value.text.en


def test_a_source_that_cannot_be_read() -> None:
    with pytest.raises(Fault):
        changed("clauses: [", {"B55-13": {"give": 3}})
