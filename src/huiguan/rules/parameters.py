"""The record a kind's parameters are read into, and the typed fields kinds share.

Every kind module has: a docstring that retells the rule; `ROOM`, where its happening occurs; `Parameters`, a frozen
record; `SAYS`, its sentences by key; and pure functions that decide. `name` and `title` describe it to people.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from huiguan.kernel import amounts


class Parameters(BaseModel):
    """Base of all parameter records: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _fen(value: Any) -> int:
    return amounts.fen(value, "")


def _fraction(value: Any) -> Fraction:
    if isinstance(value, bool | float):
        raise ValueError("write a rate exactly: 0.95 as text, 19/20, or 95%")
    text = str(value).strip()
    share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    if not 0 <= share <= 1000:
        raise ValueError("a rate lies between 0 and 1000")
    return share


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
        raise ValueError("write a day of the year as MM-DD")
    month, day = int(found.group(1)), int(found.group(2))
    date(2000, month, day)
    return MonthDay((month, day))


# Yuan in the file, fen here. YAML decimals arrive as text: the reader never makes floats.
Yuan = Annotated[int, BeforeValidator(_fen), WithJsonSchema({"type": "string", "format": "yuan"})]
Rate = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "format": "rate"}),
]
DayOfYear = Annotated[MonthDay, BeforeValidator(_month_day), WithJsonSchema({"type": "string", "format": "month-day"})]
Month = Annotated[int, Field(ge=1, le=12)]
Whole = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]\d{1,2}-\d{2,3}$")]
