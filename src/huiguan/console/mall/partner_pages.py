"""What the pages about partners are given. Money is fen, units are whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.console.mall.pages import Choice, Tab
from huiguan.design.values import Mark, Refused, Words
from huiguan.rewards.values.partners import ExchangeTold, PartnerTold, Statement


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner in the list: its rates in a sentence each."""

    told: PartnerTold
    href: str
    mark: Mark
    rates: Sequence[Words]


@dataclass(frozen=True, slots=True)
class PartnersPage:
    tabs: Sequence[Tab]
    rows: Sequence[PartnerLine]


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    number: str
    href: str
    member: str
    direction: Words
    ours: Words
    theirs: Words
    asked_at: datetime
    mark: Mark


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """`secret`: shown once, after it was made."""

    tabs: Sequence[Tab]
    row: PartnerLine
    limits: Sequence[tuple[Words, Words]]
    states: Sequence[Choice]
    exchanges: Sequence[ExchangeLine]
    months: Sequence[Month]
    door: str
    may_keep: bool
    may_read: bool
    key: str
    secret: str = ""
    url: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class MonthPage:
    tabs: Sequence[Tab]
    row: PartnerLine
    month: str
    statement: Statement
    over: bool
    may_close: bool
    key: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """`words`: via, what was said, when. `may_settle`: nothing is settled, and she may decide."""

    tabs: Sequence[Tab]
    line: ExchangeLine
    told: ExchangeTold
    partner: Words
    words: Sequence[tuple[Words, Words, str, datetime]]
    may_settle: bool
    key: str
    refused: Refused | None = None
