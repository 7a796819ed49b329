"""What the pages of an import are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Figure, Refused, Words
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class KindChoice:
    name: str
    title: Text
    about: Text
    columns: Sequence[Text]
    required: Sequence[Text]
    on: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """An import of before. `state`: as of errands; `outcome`: what came of it, in words."""

    href: str
    at: datetime
    what: Text
    file: str
    by: str
    state: str
    outcome: Words
    trial: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """Choose what, and the file."""

    kinds: Sequence[KindChoice]
    runs: Sequence[RunRow]
    most: int
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the sheet: its letter, heading, a few of its cells, and what it is taken for."""

    place: int
    letter: str
    heading: str
    samples: Sequence[str]
    field: str


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """What the columns were taken for, to be confirmed. `fields`: (name, title, required); `missing`: titles without
    a column; `shops`: where rows that name none belong; `before`: when this file came in already."""

    kind: Text
    file: str
    size: int
    rows: Sequence[ColumnRow]
    fields: Sequence[tuple[str, Text, bool]]
    missing: Sequence[Text]
    shops: Sequence[tuple[str, Text, bool]]
    shop_asked: bool
    before: RunRow | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    number: str
    reason: str
    shown: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """An import under way or ended. `reading`: rows are still being read, their number is not known; `rejected`: the
    first of them; `again_href`: take in for good what was tried."""

    kind: Text
    file: str
    trial: bool
    state: str
    done: int
    total: int
    reading: bool
    poll_href: str
    figures: Sequence[Figure] = ()
    rejected: Sequence[RejectedRow] = ()
    rejected_count: int = 0
    rejected_href: str = ""
    columns_href: str = ""
    confirm_href: str = ""
    refused: Refused | None = None
    aside: Words = ""
