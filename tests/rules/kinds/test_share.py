"""An amount divided to the fen: by what is held of a deposit, and as agreed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.rules.kinds import share
from tests.rules.writing import compiled, found

DEPOSIT = ("deposit", "name: margin, amount: 1.00")


def clause(parameters: str = "name: income, by: deposit, deposit: margin") -> Any:
    return compiled(DEPOSIT, ("share", parameters)).of("share")[0]


@pytest.mark.parametrize(
    ("total", "held", "amounts"),
    [
        (10000000, [30000000, 70000000], [3000000, 7000000]),
        (1, [3, 7], [0, 1]),
        (100, [1, 1, 1], [34, 33, 33]),
        (5, [0, 0], [0, 0]),
    ],
)
def test_by_deposit(total: int, held: list[int], amounts: list[int]) -> None:
    assert [part.amount for part in share.by_deposit(clause(), total, list(enumerate(held)))] == amounts


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
def test_the_whole_is_divided(total: int, held: list[int]) -> None:
    assert sum(part.amount for part in share.by_deposit(clause(), total, list(enumerate(held)))) == total


def test_by_agreement_the_house_keeps_the_rest() -> None:
    parts = share.by_agreement(clause("name: c, by: agreed"), 10000, [(1, Fraction(1, 3)), (2, Fraction(1, 2))])
    assert [part.amount for part in parts] == [3333, 5000]
    halves = share.by_agreement(clause("name: c, by: agreed"), 1, [(1, Fraction(1, 2)), (2, Fraction(1, 2))])
    assert [part.amount for part in halves] == [1, 0]  # never more than there is


def test_a_deposit_must_be_there() -> None:
    assert found(DEPOSIT, ("share", "name: i, by: deposit, deposit: keys")) == [("refuse", "unknown_deposit", "T-02")]
