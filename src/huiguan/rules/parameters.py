"""The record a kind's parameters are read into, and the typed fields kinds share.

Every kind module has: a docstring that retells the rule; `ROOM`, where its happening occurs; `Parameters`, a frozen
record; `SAYS`, its sentences by key; and pure functions that decide. `name` and `title` describe it to people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from huiguan.kernel import amounts
from huiguan.kernel.moments import day_of
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.findings import Fault


class Parameters(BaseModel):
    """Base of all parameter records: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

    @classmethod
    def calls_for(cls, given: Mapping[str, Any]) -> list[str]:
        """Keys that go with the keys `given` in the file; told as missing where they are not there."""
        return []


def _fen(value: Any) -> int:
    try:
        return amounts.fen(value, "")
    except InvalidInput as wrong:
        rule = wrong.values["rule"]
        raise Fault(rule.zh, rule.en) from None


_RATE = re.compile(r"\d{1,9}(\.\d{1,9}|/[1-9]\d{0,8})?%?")


def _fraction(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    if isinstance(value, bool | float) or not _RATE.fullmatch(text):
        raise Fault("比例写作 0.95、19/20 或 95%", "write a rate as 0.95, 19/20 or 95%")
    share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    if share > 1000:
        raise Fault("比例太大", "the rate is too large")
    return share


def as_number(share: Fraction) -> str:
    """A rate as people write a number: 2, 1.5, and 4/3 where no decimal says it."""
    whole, rest = divmod(share * 10_000, 10_000)
    if rest.denominator != 1:
        return str(share)
    return f"{whole}.{int(rest):04d}".rstrip("0").rstrip(".")


_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})(?: (24:00))?")


class MonthDay(tuple[int, int]):
    """A day of every year, month and day."""

    def of(self, year: int) -> date:
        """That day in `year`; 29 February is 28 February outside leap years."""
        month, day = self
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, 28)


def _month_day(value: Any) -> MonthDay:
    if isinstance(value, MonthDay):
        return value
    found = _MONTH_DAY.fullmatch(str(value).strip())
    if not found:
        raise Fault("一年中的某天写作 MM-DD，如 12-31", "write a day of the year as MM-DD, such as 12-31")
    month, day = int(found.group(1)), int(found.group(2))
    try:
        date(2000, month, day)
    except ValueError:
        raise Fault("没有 {day} 这一天", "there is no {day}", day=found.group(0)) from None
    return MonthDay((month, day))


def _day(value: Any) -> date:
    try:
        return day_of(value, "")
    except InvalidInput as wrong:
        rule = wrong.values["rule"]
        raise Fault(rule.zh, rule.en) from None


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise Fault("须为整数", "must be a whole number")
    return value


def _both_languages(value: Any) -> Text:
    """{zh: …, en: …} as a Text; both languages, neither empty."""
    if isinstance(value, Text):
        return value
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise Fault("须有中文和英文：zh 与 en", "takes zh and en, both languages and nothing else")
    texts = {lang: str(words).strip() for lang, words in value.items() if isinstance(words, str | int)}
    if not all(texts.get(lang) for lang in ("zh", "en")):
        raise Fault("zh 与 en 都不能为空", "neither zh nor en may be empty")
    return Text(**texts)


_LENGTH = re.compile(r"([1-9][0-9]{0,3}) (hour|day|workday|week|month|year)s?")


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes: `count` hours, days, workdays, weeks, months or years ("15 workdays")."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


def _length(value: Any) -> Length:
    if isinstance(value, Length):
        return value
    found = _LENGTH.fullmatch(str(value).strip())
    if not found:
        raise Fault(
            "时限写作 15 workdays、7 days、48 hours、1 week", "write a length as 15 workdays, 7 days, 48 hours, 1 week"
        )
    return Length(int(found.group(1)), found.group(2))


# Yuan in the file, fen here. YAML decimals arrive as text: the reader never makes floats.
Yuan = Annotated[int, BeforeValidator(_fen), WithJsonSchema({"type": "string", "format": "yuan"})]
Rate = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "format": "rate"}),
]
DayOfYear = Annotated[MonthDay, BeforeValidator(_month_day), WithJsonSchema({"type": "string", "format": "month-day"})]
Lasting = Annotated[
    Length,
    BeforeValidator(_length),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "format": "length"}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Bilingual = Annotated[
    Text,
    BeforeValidator(_both_languages),
    PlainSerializer(lambda text: {"zh": text.zh, "en": text.en}, return_type=dict),
    WithJsonSchema({"type": "object", "required": ["zh", "en"]}),
]
Month = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=12)]
Whole = Annotated[int, BeforeValidator(_not_bool), Field(ge=0, le=amounts.LARGEST)]
Positive = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, le=amounts.LARGEST)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,9}-\d{1,3}[a-z]?$")]
