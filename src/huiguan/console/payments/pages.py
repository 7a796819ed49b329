"""What the pages of payments are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.design.values import Cursor, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class PaymentRow:
    number: str
    href: str
    title: str
    means: Words
    at: datetime
    amount: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class PaymentListPage:
    rows: Sequence[PaymentRow]
    unsettled: bool
    open_differences: int
    may_reconcile: bool
    sandbox: bool
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    what: Words
    how: Words
    at: datetime
    amount: int | None
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """One payment. `pay_href`: where it is paid, '' where nowhere; `facts`: what for, by whom, until when."""

    row: PaymentRow
    facts: Sequence[tuple[Words, Words]]
    steps: Sequence[StepRow]
    paid: int
    refunded: int
    waiting: int
    left: int
    disputed: int | None
    pay_href: str
    until: datetime | None
    may_refund: bool
    may_clear: bool
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    id: int
    kind: Words
    number: str
    ours: int | None
    theirs: int | None
    said: Words
    day: date
    reason: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class StatementPage:
    """`told`: what the last comparison came to; `rows`: lines nobody has explained."""

    means: Sequence[tuple[str, Words, bool]]
    day: str
    rows: Sequence[DifferenceRow]
    key: str
    told: Words = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order in the sandbox. `deeds`: (deed, what it does, a sentence on it) that may be done now."""

    number: str
    title: str
    amount: int
    mark: Mark
    taken: int | None
    reference: str
    deeds: Sequence[tuple[str, Words, Words]]
    notices: Sequence[tuple[datetime, int, int, str]]
    refunds: Sequence[tuple[str, int, Words]]
    poll: bool = False
    said: Words = ""
