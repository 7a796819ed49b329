"""What comes off before what, and what earns."""

from __future__ import annotations

import pytest

from huiguan.rules.kinds import stacking
from tests.rules.writing import compiled, designer_wear


def test_vouchers_and_points_come_before_the_discount() -> None:
    assert stacking.order(designer_wear().of("stacking")) == ("voucher", "points", "discount")


def test_a_clause_may_turn_the_order_round() -> None:
    programme = compiled(("stacking", "first: discount, then: [voucher, points]"))
    assert stacking.order(programme.of("stacking")) == ("discount", "voucher", "points")
    programme = compiled(("stacking", "first: points, then: [voucher]"))
    assert stacking.order(programme.of("stacking")) == ("points", "voucher", "discount")


def test_what_is_left_open_keeps_the_usual_order() -> None:
    assert stacking.order(()) == stacking.STAGES


def test_a_circle_is_named() -> None:
    programme = compiled(("stacking", "first: points, then: [discount]"))
    (one,) = programme.of("stacking")
    other = one.parameters.model_copy(update={"first": "discount", "then": ["points"]})
    clauses = (one, type(one)(**{**{f: getattr(one, f) for f in one.__slots__}, "parameters": other}))
    with pytest.raises(ValueError, match="points, discount"):
        stacking.order(clauses)


def test_what_points_and_vouchers_pay_earns_nothing_where_a_clause_says_so() -> None:
    assert stacking.earning_stages(designer_wear()) == frozenset()
    assert stacking.earning_stages(compiled(("statement", ""))) == {"voucher", "points"}
    programme = compiled(("stacking", "first: voucher, then: [discount], earns: true"))
    assert stacking.earning_stages(programme) == {"voucher", "points"}
