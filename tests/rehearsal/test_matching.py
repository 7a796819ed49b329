"""What an answer must be: part of it or all of it, in any order or in one, money and moments by their value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiguan.rehearsal.matching import Way, difference

SHANGHAI = ZoneInfo("Asia/Shanghai")
PART = Way(SHANGHAI)
WHOLE = Way(SHANGHAI, exactly=True)
ORDERED = Way(SHANGHAI, in_order=True)
MIDNIGHT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # 24:00 of 31 December in Shanghai


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"paid": "640.00"}, {"paid": "640.00", "earned": 12}),
        ({"paid": "640"}, {"paid": "640.00"}),
        (640, "640.00"),
        ("640.00", 640),
        ("0.95", "19/20"),
        ("2026-12-31 24:00", MIDNIGHT),
        ("2027-01-01 00:00:00", MIDNIGHT),
        ("2026-12-31 24:00", "2027-01-01T00:00:00+08:00"),
        ("2026-06-01", date(2026, 6, 1)),
        ("积分卡会员", {"zh": "积分卡会员", "en": "Points card"}),
        ("Points card", {"zh": "积分卡会员", "en": "Points card"}),
        (None, None),
        ({"shortfall": None}, {}),
        (True, True),
        ([], []),
        ([], None),
        ({"reasons": []}, {}),
        ([2, 1], [1, 2, 3]),
        ([{"a": 1}], [{"b": 2}, {"a": 1, "b": 3}]),
        # The first expected fits both, the second only the first: they are told apart.
        ([{"a": 1}, {"a": 1, "b": 2}], [{"a": 1, "b": 2}, {"a": 1}]),
    ],
)
def test_as_expected(expected: Any, found: Any) -> None:
    assert difference(expected, found, PART) is None


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("640.00", "640.01"),
        ("640.00", 64000),
        ("1.10", "1.1000000000001"),
        ("0.95", "9/10"),
        ("000382", "382"),
        (1, True),
        (None, 0),
        (0, None),
        ("2026-12-31 24:00", "2027-01-01T00:00:01+08:00"),
        ("soon", MIDNIGHT),
        ([], [1]),
        ([1, 1], [1, 2]),
        ([1], 1),
        ({"a": 1}, [1]),
        ({"a": {"b": 1}}, {"a": {"b": 2}}),
    ],
)
def test_not_as_expected(expected: Any, found: Any) -> None:
    assert difference(expected, found, PART) is not None


def test_exactly_is_all_of_it() -> None:
    assert difference({"points": 8}, {"points": 8, "stars": 0}, PART) is None
    found = difference({"points": 8}, {"points": 8, "stars": 0}, WHOLE)
    assert found is not None and found.found == "{stars: 0}"
    assert difference([1, 2], [2, 1], WHOLE) is None
    assert difference([1, 2], [2, 1, 3], WHOLE) is not None
    assert difference({}, {}, WHOLE) is None


def test_order_matters_where_it_is_said_to() -> None:
    assert difference([1, 3], [1, 2, 3], ORDERED) is None
    assert difference([3, 1], [1, 2, 3], ORDERED) is not None
    assert difference([1, 1], [1, 2], ORDERED) is not None
    assert difference([1, 3], [1, 2, 3], Way(SHANGHAI, exactly=True, in_order=True)) is not None


def test_only_these_items_each_in_part() -> None:
    only = Way(SHANGHAI, only=True)
    assert difference([{"a": 1}, {"a": 2}], [{"a": 2, "b": 3}, {"a": 1}], only) is None
    assert difference([{"a": 1}], [{"a": 1}, {"a": 2}], only) is not None


def test_the_difference_names_the_place_and_both_values() -> None:
    found = difference({"lines": [{"sku": "A", "paid": "1.00"}]}, {"lines": [{"sku": "A", "paid": "2.00"}]}, PART)
    assert found is not None
    assert (found.place, found.expected, found.found) == (
        "lines[0]",
        "{sku: A, paid: 1.00}",
        "[{sku: A, paid: 2.00}]",
    )
    inner = difference({"earned": {"points": 4}}, {"earned": {"points": 2}}, PART)
    assert inner is not None and (inner.place, inner.expected, inner.found) == ("earned.points", "4", "2")


def test_moments_are_shown_local() -> None:
    found = difference("2026-12-31 23:00", MIDNIGHT, PART)
    assert found is not None and found.found == "2026-12-31 24:00"
