"""What the member reads, brought in line with a figure that was changed: where the text says the old one, the new one.

A text is its author's. Only a figure that stands in it word for word is changed, and only where it can be no other of
the clause's figures; what cannot be found is said, so that somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiguan.kernel.text import LANGUAGES, Text, discount, monthday
from huiguan.rules.parameters import MonthDay
from huiguan.rules.sentences import SENTENCES
from huiguan.rules.sentences.blanks import DAY, MONEY, NUMBERS, RATE, WHOLE, Blank, blank_at
from huiguan.rules.sentences.entering import alike, share
from huiguan.rules.sentences.filling import viewed
from huiguan.rules.sentences.wording import READING

_HAN = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a clause: where it stands, and the ways each language writes it, pairwise the same."""

    path: str
    shape: str
    value: Any


@dataclass(frozen=True, slots=True)
class Carried:
    """A text brought in line; `missed`: the parameters that changed and are not said in it, by path."""

    text: Text
    missed: tuple[str, ...] = ()


def carried(kind: str, text: Text, before: Mapping[str, Any], after: Mapping[str, Any]) -> Carried:
    """`text` as it reads once the figures of `before` are those of `after`."""
    old, new = dict(_figures(kind, before)), dict(_figures(kind, after))
    changed = [(old[path], new[path]) for path in old if path in new and not _alike(old[path], new[path])]
    kept = [figure for path, figure in old.items() if path in new and _alike(figure, new[path])]
    made: dict[str, str] = {}
    found: set[str] = set()
    for lang in LANGUAGES:
        swaps = _swaps(changed, kept, lang)
        made[lang] = _swapped(text.of(lang), swaps, found)
    missed = tuple(was.path for was, _ in changed if was.path not in found)
    return Carried(Text(**made), missed)


def _figures(kind: str, plain: Mapping[str, Any]) -> Iterator[tuple[str, Figure]]:
    view = viewed(kind, plain)
    for sentence in SENTENCES.get(kind, ()):
        if sentence.place == READING:
            continue
        for path in sentence.paths:
            shape = blank_at(kind, path).shape
            if shape in (MONEY, RATE, DAY, WHOLE, NUMBERS):
                for where, value in _values(view, path.split("."), ""):
                    yield where, Figure(where, shape, value)


def _values(here: Any, path: list[str], told: str) -> Iterator[tuple[str, Any]]:
    if isinstance(here, list) and path:
        for place, each in enumerate(here):
            yield from _values(each, path, f"{told}{place}.")
    elif not path and isinstance(here, list):
        for place, each in enumerate(here):
            yield f"{told}{place}", each
    elif not path:
        yield told.removesuffix("."), here
    elif isinstance(here, Mapping) and here.get(path[0]) is not None:
        yield from _values(here[path[0]], path[1:], f"{told}{path[0]}.")


def _alike(was: Figure, now: Figure) -> bool:
    return alike(Blank(was.shape), was.value, now.value)


def _swaps(changed: list[tuple[Figure, Figure]], kept: list[Figure], lang: str) -> dict[str, tuple[str, str]]:
    """Old words -> (new words, path); words that another figure of the clause has as well are left alone."""
    taken = {words for figure in kept for words in ways(figure, lang)}
    swaps: dict[str, tuple[str, str]] = {}
    for was, now in changed:
        for old, new in zip(ways(was, lang), ways(now, lang), strict=False):
            if old in swaps and swaps[old][1] != was.path and swaps[old][0] != new:
                taken.add(old)
            swaps.setdefault(old, (new, was.path))
    return {old: new for old, new in swaps.items() if old not in taken}


def _swapped(text: str, swaps: Mapping[str, tuple[str, str]], found: set[str]) -> str:
    if not swaps:
        return text
    words = sorted(swaps, key=len, reverse=True)
    pattern = re.compile(
        "|".join(
            rf"(?<![\w.]){re.escape(w)}(?![\w%]|[.,]\d)" if w.isascii() else rf"(?<!\d){re.escape(w)}" for w in words
        ),
        re.ASCII,
    )

    def put(match: re.Match[str]) -> str:
        new, path = swaps[match.group()]
        found.add(path)
        return new

    return pattern.sub(put, text)


def ways(figure: Figure, lang: str) -> list[str]:
    """The ways a language writes a figure, the longest first; the same number of ways for every figure of a shape."""
    if figure.shape == MONEY:
        return _money(figure.value)
    if figure.shape == RATE:
        return _rate(figure.value, lang)
    if figure.shape == DAY:
        return _day(figure.value, lang)
    return _whole(figure.value, lang, month=figure.shape == NUMBERS)


def _money(value: Any) -> list[str]:
    found = re.fullmatch(r"(\d+)(?:\.(\d{1,2}))?", str(value))
    if not found:
        return []
    yuan, rest = int(found.group(1)), (found.group(2) or "").ljust(2, "0")
    short = "" if rest == "00" else f".{rest}"
    return [f"{yuan:,}.{rest}", f"{yuan}.{rest}", f"{yuan:,}{short}", f"{yuan}{short}"]


def _rate(value: Any, lang: str) -> list[str]:
    paid = share(value)
    if paid is None or paid > 1:
        return []
    said = discount(paid, lang)
    if lang == "zh":
        return [said, said.replace(" ", ""), f"{discount(1 - paid, 'en').removesuffix(' off')}"]
    return [said, said.removesuffix(" off")]


def _day(value: Any, lang: str) -> list[str]:
    found = re.fullmatch(r"(\d{2})-(\d{2})", str(value))
    if not found or not 1 <= int(found.group(1)) <= 12 or not 1 <= int(found.group(2)) <= 31:
        return []
    month, day = int(found.group(1)), int(found.group(2))
    told = monthday(MonthDay((month, day)).of(2000), lang)
    if lang == "zh":
        return [told, told.replace(" ", "")]
    return [f"{day} {_MONTHS[month - 1]}", told]


def _whole(value: Any, lang: str, *, month: bool) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, int):
        return []
    if month and 1 <= value <= 12:
        return [f"{value} 月", f"{value}月", f"{_HAN[value]}月"] if lang == "zh" else [_MONTHS[value - 1]]
    plain = [f"{value:,}", str(value)]
    if not 1 <= value <= 12:
        return plain
    # Words of number stand for many things ("a purchase", "同一单"): with what is counted behind them alone.
    if lang == "en":
        return [*plain, *(f"{_WORDS[value]} {unit}" for unit in ("months", "years", "days", "points"))]
    han = "两" if value == 2 else _HAN[value]
    return [*plain, *(f"{han}{unit}" for unit in ("个月", "年", "天", "分", "倍"))]
