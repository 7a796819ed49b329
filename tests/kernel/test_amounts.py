"""Money at its borders, rounding, and allocation to the fen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.kernel.amounts import LARGEST, allocate, as_yuan, fen, share, whole
from huiguan.kernel.refusals import InvalidInput


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("478.50", 47850),
        ("478.5", 47850),
        ("478", 47800),
        (478, 47800),
        (Decimal("0.01"), 1),
        (Decimal("1E+2"), 10000),
        ("0", 0),
        ("0.00", 0),
        (" 12.30 ", 1230),
        ("100000000000.00", LARGEST),
    ],
)
def test_money_is_read_exactly(written: object, amount: int) -> None:
    assert fen(written, "price") == amount


@pytest.mark.parametrize(
    "written",
    [
        1.5,
        0.1,
        True,
        None,
        "1.234",
        Decimal("0.001"),
        "",
        ".5",
        "5.",
        "1,000.00",
        "¥5",
        "1e3",
        "NaN",
        Decimal("NaN"),
        Decimal("Infinity"),
        "-0.01",
        -1,
        "１２",
        "100000000000.01",
        10**18,
        b"5",
        [],
    ],
)
def test_what_is_no_money_is_refused_by_its_field(written: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        fen(written, "lines.0.price")
    assert refused.value.field == "lines.0.price"
    assert refused.value.status == 422


def test_money_may_be_negative_only_where_asked() -> None:
    assert fen("-3.05", "amount", least=-LARGEST) == -305
    with pytest.raises(InvalidInput):
        fen("9.99", "amount", least=1000)
    assert fen("10.00", "amount", least=1000) == 1000


@given(st.integers(-LARGEST, LARGEST))
def test_money_written_and_read_again_is_the_same(amount: int) -> None:
    assert fen(as_yuan(amount), "price", least=-LARGEST) == amount


@pytest.mark.parametrize(
    ("amount", "text"), [(47850, "478.50"), (5, "0.05"), (-5, "-0.05"), (0, "0.00"), (-100, "-1.00")]
)
def test_money_as_the_api_writes_it(amount: int, text: str) -> None:
    assert as_yuan(amount) == text


@pytest.mark.parametrize("value", [True, 1.0, "1", None, 0, -1, LARGEST + 1])
def test_a_count_is_a_whole_number_within_bounds(value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        whole(value, "quantity", least=1)
    assert refused.value.field == "quantity"


def test_a_count_at_its_bounds() -> None:
    assert whole(1, "quantity", least=1) == 1
    assert whole(LARGEST, "quantity") == LARGEST


@pytest.mark.parametrize(
    ("amount", "rate", "floor", "ceiling", "half_up"),
    [
        (100, Fraction(19, 20), 95, 95, 95),
        (10, Fraction(1, 20), 0, 1, 1),
        (9, Fraction(1, 20), 0, 1, 0),
        (-10, Fraction(1, 20), -1, 0, -1),
        (-9, Fraction(1, 20), -1, 0, 0),
        (1, Fraction(2, 3), 0, 1, 1),
        (0, Fraction(1, 3), 0, 0, 0),
    ],
)
def test_a_share_is_rounded_once_as_named(amount: int, rate: Fraction, floor: int, ceiling: int, half_up: int) -> None:
    assert share(amount, rate, "floor") == floor
    assert share(amount, rate, "ceiling") == ceiling
    assert share(amount, rate, "half_up") == half_up


def test_an_unknown_rounding_is_an_error() -> None:
    with pytest.raises(ValueError, match="bankers"):
        share(100, Fraction(1, 2), "bankers")


@given(st.integers(-LARGEST, LARGEST), st.fractions(0, 10))
def test_half_up_is_never_further_than_half_and_odd_about_nought(amount: int, rate: Fraction) -> None:
    rounded = share(amount, rate)
    assert abs(rounded - amount * rate) <= Fraction(1, 2)
    assert share(-amount, rate) == -rounded
    assert share(amount, rate, "floor") <= rounded <= share(amount, rate, "ceiling")


_WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@given(st.integers(-(10**12), 10**12), _WEIGHTS)
def test_an_allocation_sums_exactly_and_stays_within_one_of_its_share(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    everything = sum(weights)
    if everything:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(total * weight, everything)) < 1
            assert part == 0 or weight > 0


@given(st.integers(0, 10**9), _WEIGHTS)
def test_an_allocation_never_gives_a_line_more_than_it_weighs(saved: int, weights: list[int]) -> None:
    total = min(saved, sum(weights))
    assert all(part <= weight for part, weight in zip(allocate(total, weights), weights, strict=True))


@given(st.integers(0, 10**6), _WEIGHTS)
def test_taking_back_undoes_giving(total: int, weights: list[int]) -> None:
    assert allocate(-total, weights) == [-part for part in allocate(total, weights)]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (1, [0, 5, 5], [0, 1, 0]),
        (10, [1, 2], [3, 7]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (7, [0, 0], [7, 0]),
        (0, [3, 4], [0, 0]),
        (5, [], []),
        (5, [9], [5]),
    ],
)
def test_the_largest_remainder_comes_first_and_ties_go_to_the_earlier(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert allocate(total, weights) == parts
