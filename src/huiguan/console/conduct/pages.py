"""What the pages of breaches and measures are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.conduct.values import BreachTold, MeasureTold
from huiguan.console.dues.pages import DeedForm
from huiguan.design.values import Mark, Refused, Why, Words


@dataclass(frozen=True, slots=True)
class BreachRow:
    number: str
    href: str
    who: str
    who_href: str
    title: Words
    on: date
    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """`until`: the moment it is over, None for open or not acting."""

    number: str
    href: str
    who: str
    who_href: str
    title: Words
    mark: Mark
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Breaches or measures, in a `state` or all."""

    state: str
    states: Sequence[tuple[str, Words, bool]]
    breaches: Sequence[BreachRow] = ()
    measures: Sequence[MeasureRow] = ()
    may_report: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure that may be proposed, with whether it usually follows."""

    name: str
    title: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class BreachPage:
    told: BreachTold
    row: BreachRow
    whys: Sequence[Why]
    choices: Sequence[Choice]
    measures: Sequence[MeasureRow]
    words: str = ""
    key: str = ""
    refused: Refused | None = None
    preview: Sequence[Why] = ()
    decided_by: Words = ""
    dismiss: Sequence[DeedForm] = ()
    says: Sequence[tuple[Words, Words]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class MeasurePage:
    told: MeasureTold
    row: MeasureRow
    whys: Sequence[Why]
    deeds: Sequence[DeedForm]
    tasks: Sequence[tuple[Words, str, datetime, Mark]]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The form of a report, as typed."""

    duties: Sequence[tuple[str, Words]]
    typed: dict[str, str]
    key: str
    refused: Refused | None = None
    wrong: str = ""
