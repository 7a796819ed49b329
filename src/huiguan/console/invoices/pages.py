"""What the pages of invoices are given. Money is fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import Cursor, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice in a list and on its sale's page. `facts`: pairs of word and value; `may_issue`, `may_reverse`,
    `may_withdraw`: what this person may do with it now."""

    id: str
    href: str
    sale: str
    title: str
    kind: Words
    shop: Words
    at: datetime
    amount: int
    mark: Mark
    number: str = ""
    facts: Sequence[tuple[Words, Words]] = ()
    due: int = 0
    stale: bool = False
    may_issue: bool = False
    may_reverse: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class SaleInvoicesPage:
    """The invoices of a sale. `ask`: whether one may be asked for over `due` now; `typed`: the form as it was sent,
    `wrong` the field at fault."""

    sale: str
    number: str
    due: int
    rows: Sequence[InvoiceRow]
    ask: bool
    key: str
    kinds: Sequence[tuple[str, Words, bool]]
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class InvoiceListPage:
    rows: Sequence[InvoiceRow]
    shops: Sequence[tuple[str, Words, bool]]
    states: Sequence[tuple[str, Words, bool]]
    sheet_href: str
    cursor: Cursor | None = None
