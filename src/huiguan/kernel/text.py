"""Sentences in both languages, and how money, points, dates and rates read in them.

A `Text` holds one sentence twice. Placeholders name an argument and how it reads: ``{amount:yuan}``. Words that follow a
number are chosen by it: ``{n:count} {n:point|points}`` reads "1 point", "2 points".
Arguments are plain JSON values, so a stored reason can be told again later in either language.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

LANGUAGES = ("zh", "en")
Way = Callable[[Any, str], str]  # how a value reads in a language
MINUS = "\u2212"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def language_of(code: str) -> str:
    """'zh' or 'en' for any language tag, 'zh' where it is neither."""
    return "en" if code.lower().startswith("en") else "zh"


def plain_yuan(fen: int, lang: str = "") -> str:
    """Fen as yuan with two decimals and grouping: 478800 -> '4,788.00'."""
    sign = MINUS if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def yuan(fen: int, lang: str = "") -> str:
    """Fen as money for reading: 478800 -> '¥4,788.00', -100 -> '−¥1.00'."""
    return f"¥{fen // 100:,}.{fen % 100:02d}" if fen >= 0 else f"{MINUS}¥{-fen // 100:,}.{-fen % 100:02d}"


def signed(number: int, lang: str = "") -> str:
    """A movement: '+94', '−100', '0'."""
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}" if number < 0 else "0"


def grouped(number: int, lang: str = "") -> str:
    return f"{MINUS}{-number:,}" if number < 0 else f"{number:,}"


def _decimal(value: Fraction, digits: int) -> str:
    scaled = value * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}" if digits else str(whole)
    return text.rstrip("0").rstrip(".") if digits else text


@lru_cache(maxsize=1024)
def discount(paid: Fraction | str, lang: str) -> str:
    """What is paid of the price, as each language says it: 19/20 -> '9.5 折' or '5% off'."""
    paid = Fraction(paid)
    return f"{_decimal(paid * 10, 2)} 折" if lang == "zh" else f"{_decimal((1 - paid) * 100, 2)}% off"


@lru_cache(maxsize=1024)
def rate(value: Fraction | str, lang: str = "") -> str:
    """A share as a percentage: 1/50 -> '2%'."""
    return f"{_decimal(Fraction(value) * 100, 2)}%"


def day(value: date | str, lang: str) -> str:
    """A day in a sentence: '2026 年 12 月 31 日', '31 Dec 2026'."""
    value = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if lang == "zh":
        return f"{value.year} 年 {value.month} 月 {value.day} 日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def monthday(value: date | str, lang: str) -> str:
    """A day of the year: '12 月 31 日', '31 Dec'."""
    value = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{value.month} 月 {value.day} 日" if lang == "zh" else f"{value.day} {MONTHS[value.month - 1]}"


def month(value: int, lang: str) -> str:
    return f"{value} 月" if lang == "zh" else MONTHS[value - 1]


def moment(value: datetime | str, lang: str = "") -> str:
    """A local moment: '2026-12-31 14:36'; a day's end is written 24:00 of that day when given so."""
    return (value if isinstance(value, str) else value.isoformat(sep=" "))[:16].replace("T", " ")


def say_value(value: Any, spec: str, lang: str) -> str:
    """One value as a reader of `lang` expects it. Specs: yuan, plain_yuan, points, signed, discount, rate, day,
    monthday, month, months, moment, list; `one|many` for the words that go with a number; none for words and numbers."""
    return _way(spec)(value, lang)


def either(number: Any, one: str, many: str) -> str:
    """The words that go with a number, be it a figure or already said: 1, -1, '+1' -> `one`; 0, 2, '1,000' -> `many`."""
    return one if str(number).lstrip(f"+-{MINUS}") == "1" else many


def chooses(spec: str) -> bool:
    """Whether a placeholder stands for words chosen by its number, not for the number: `point|points`."""
    return "|" in spec


def _way(spec: str) -> Way:
    if chooses(spec):
        one, _, many = spec.partition("|")
        return lambda value, lang: either(value, one, many)
    way = _WAYS.get(spec)
    if way is None:
        raise ValueError(f"no such way of reading: {spec}")
    return way


def _join(items: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(items)


def _plain(value: Any, lang: str) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Text):
        return value.of(lang)
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return str(value[lang])
    return str(value)


# Every way is told the language; those that read alike in both leave it aside.
_WAYS: dict[str, Way] = {
    "": _plain,
    "yuan": yuan,
    "plain_yuan": plain_yuan,
    "points": grouped,
    "count": grouped,
    "signed": signed,
    "discount": discount,
    "rate": rate,
    "day": day,
    "monthday": monthday,
    "month": month,
    "months": lambda value, lang: _join([month(each, lang) for each in value], lang),
    "moment": moment,
    "list": lambda value, lang: _join([_plain(each, lang) for each in value], lang),
}


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[tuple[str, str, Way | None], ...]:
    """A sentence taken apart once: what is said as it is, then the placeholder and how it reads (None: no more)."""
    parts = string.Formatter().parse(sentence)
    return tuple((said, name or "", None if name is None else _way(spec or "")) for said, name, spec, _ in parts)


def _said(sentence: str, lang: str, values: Mapping[str, Any]) -> str:
    parts = _parts(sentence)
    return "".join([said if way is None else said + way(values[name], lang) for said, name, way in parts])


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Chinese and English."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        return self.en if language_of(lang) == "en" else self.zh

    def fill(self, lang: str, /, **values: Any) -> str:
        """The sentence in `lang` with its placeholders said; a missing value is a KeyError, never a blank."""
        lang = language_of(lang)
        return _said(self.en if lang == "en" else self.zh, lang, values)

    def both(self, **values: Any) -> dict[str, str]:
        return {"zh": _said(self.zh, "zh", values), "en": _said(self.en, "en", values)}
