"""The calendar as programs read it."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both


class NamedDayAnswer(Answer):
    """A day that is not what its weekday says. `source`: `national` or the house's `own`."""

    day: date
    worked: bool
    name: Both
    source: str


class YearAnswer(Answer):
    """A year. `announced`: who says which of its days are off; null where nobody has yet; `own`: the house itself. `workdays`: how many are worked,
    `month_workdays` the same of each month from January."""

    year: int
    days: list[NamedDayAnswer]
    announced: Both | None
    own: bool
    workdays: int
    month_workdays: list[int]


class KeptDaysAnswer(Answer):
    """How many days were set, and how many went back to what holds without the house."""

    set: int
    cleared: int


class CalendarChoiceAnswer(Answer):
    national: bool


class DeadlineAnswer(Answer):
    """The first moment after it, and its last local day. `provisional`: it may move, for it counts workdays of a year
    whose days off are not announced."""

    at: datetime
    last: date
    provisional: bool
