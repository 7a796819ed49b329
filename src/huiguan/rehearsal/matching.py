"""Whether an answer is what the example expects: part of it, or exactly it. Pure.

Money compares as decimals, moments as moments, rates as fractions; texts in two languages by either. A list holds the
expected items in any order unless the order is said to matter; an expected empty list proves silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import day_of, end_of_day_text, moment_of
from huiguan.kernel.refusals import InvalidInput

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+|/[1-9]\d*)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*")
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an answer is not as expected: the dotted place, and both values as text."""

    place: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Way:
    """How to compare: `exactly` the whole, `only` the items of a list that are named, lists `in_order`, local moments in
    `tz`."""

    tz: ZoneInfo
    exactly: bool = False
    only: bool = False
    in_order: bool = False


def difference(expected: Any, found: Any, way: Way, place: str = "") -> Difference | None:
    """The first difference, or None where the answer is as expected."""
    if isinstance(expected, Mapping):
        return _mapping(expected, found, way, place)
    if isinstance(expected, list):
        return _list(expected, found, way, place)
    return None if _same(expected, found, way) else Difference(place, shown(expected, way), shown(found, way))


def _mapping(expected: Mapping[str, Any], found: Any, way: Way, place: str) -> Difference | None:
    if not isinstance(found, Mapping):
        return Difference(place, shown(expected, way), shown(found, way))
    for key, value in expected.items():
        different = difference(value, found.get(key), way, f"{place}.{key}" if place else key)
        if different is not None:
            return different
    more = [key for key in found if key not in expected] if way.exactly else []
    if more:
        return Difference(place, "", shown({key: found[key] for key in more}, way))
    return None


def _list(expected: list[Any], found: Any, way: Way, place: str) -> Difference | None:
    items = list(found) if isinstance(found, Sequence) and not isinstance(found, str) else None
    if not expected and (found is None or items == []):
        return None
    if not expected or items is None or ((way.exactly or way.only) and len(items) != len(expected)):
        return Difference(place, shown(expected, way), shown(found, way))
    missing = _out_of_order(expected, items, way) if way.in_order else _without_partner(expected, items, way)
    if missing is None:
        return None
    return Difference(
        f"{place}[{missing}]", shown(expected[missing], way), shown(_alike(expected[missing], items), way)
    )


def _out_of_order(expected: list[Any], items: list[Any], way: Way) -> int | None:
    """The first expected item not found after the ones before it."""
    at = 0
    for index, each in enumerate(expected):
        while at < len(items) and difference(each, items[at], way) is not None:
            if way.exactly:
                return index
            at += 1
        if at == len(items):
            return index
        at += 1
    return None


def _without_partner(expected: list[Any], items: list[Any], way: Way) -> int | None:
    """The first expected item for which no item is left, each item standing for one."""
    fits = [[i for i, item in enumerate(items) if difference(each, item, way) is None] for each in expected]
    taken: dict[int, int] = {}

    def placed(index: int, tried: set[int]) -> bool:
        for i in fits[index]:
            if i not in tried:
                tried.add(i)
                if i not in taken or placed(taken[i], tried):
                    taken[i] = index
                    return True
        return False

    return next((index for index in range(len(expected)) if not placed(index, set())), None)


def _alike(expected: Any, items: list[Any]) -> Any:
    """The items, cut down to what the expected one speaks of."""
    if not isinstance(expected, Mapping):
        return items
    return [{key: item.get(key) for key in expected} if isinstance(item, Mapping) else item for item in items]


def _same(expected: Any, found: Any, way: Way) -> bool:
    if expected is None or found is None or isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(found, Mapping):
        return set(found) == {"zh", "en"} and expected in found.values()
    if isinstance(found, datetime):
        return _moment(expected, way) == found
    if isinstance(found, date):
        return _day(expected) == found
    said, there = str(expected), str(found)
    if said == there:
        return True
    if _NUMBER.fullmatch(said) and _NUMBER.fullmatch(there):
        return Fraction(said) == Fraction(there)
    return bool(_MOMENT.fullmatch(there) and _moment(expected, way) == _moment(there, way) is not None)


def _moment(value: Any, way: Way) -> datetime | None:
    try:
        return moment_of(value, "", way.tz)
    except InvalidInput:
        return None


def _day(value: Any) -> date | None:
    try:
        return day_of(value, "")
    except InvalidInput:
        return None


def shown(value: Any, way: Way) -> str:
    """A value for reading, cut short where it is long."""
    text = _plain(value, way)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _plain(value: Any, way: Way) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_plain(each, way)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_plain(each, way) for each in value) + "]"
    if isinstance(value, datetime):
        local = value.astimezone(way.tz)
        return local.strftime("%Y-%m-%d %H:%M:%S") if local.second else end_of_day_text(value, way.tz)
    return "null" if value is None else str(value)
