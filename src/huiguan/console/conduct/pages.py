"""What the pages of breaches and measures are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.conduct.values import AwardKind, AwardTold, BreachTold, FieldAsked, MeasureTold
from huiguan.console.dues.pages import DeedForm
from huiguan.design.values import ClauseRef, Mark, Refused, Why, Words


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
    says: Words = ""


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
    """The form of a report, as typed; `of_staff`: some duty binds those who work here."""

    duties: Sequence[tuple[str, Words]]
    typed: dict[str, str]
    key: str
    refused: Refused | None = None
    wrong: str = ""
    of_staff: bool = False


@dataclass(frozen=True, slots=True)
class OwedRow:
    """What is owed; `until`: the last day, `done` the day it was done; `deed`: how it is noted as done, or taken back."""

    who: str
    who_href: str
    title: Words
    called: Words
    clauses: Sequence[ClauseRef]
    arose: date
    due: date
    done: date | None
    mark: Mark
    by: str
    breach: str
    words: str
    confidential: bool
    provisional: bool
    deeds: Sequence[DeedForm] = ()
    under_way: str = ""
    begin: str = ""  # where it is taken down for her


@dataclass(frozen=True, slots=True)
class OwedPage:
    state: str
    states: Sequence[tuple[str, Words, bool]]
    rows: Sequence[OwedRow]
    counts: Sequence[tuple[Words, int, str]]
    member: str = ""
    may_note: bool = False


@dataclass(frozen=True, slots=True)
class NotePage:
    """The form of an event the house learned of, as typed."""

    events: Sequence[tuple[str, Words]]
    typed: dict[str, str]
    key: str
    refused: Refused | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class AwardRow:
    """`until`: the moment it is over, None for good or not given."""

    number: str
    href: str
    who: str
    who_href: str
    title: Words
    category: Words
    mark: Mark
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class AwardsPage:
    state: str
    states: Sequence[tuple[str, Words, bool]]
    rows: Sequence[AwardRow]
    may_propose: bool
    roll: str


@dataclass(frozen=True, slots=True)
class AwardPage:
    told: AwardTold
    row: AwardRow
    whys: Sequence[Why]
    deeds: Sequence[DeedForm]


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of the procedure's own, as typed."""

    told: FieldAsked
    id: str
    name: str
    value: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """The form of a proposal, as typed: the award is chosen first, its own fields follow. `whys`: what it brings."""

    kinds: Sequence[AwardKind]
    chosen: AwardKind | None
    typed: dict[str, str]
    key: str
    whys: Sequence[Why] = ()
    asks: Sequence[AskedField] = ()
    refused: Refused | None = None
    wrong: str = ""
