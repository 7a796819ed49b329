"""Words of payments that cross the border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiguan.kernel.text import Text

CASH, TERMINAL, SANDBOX = "cash", "terminal", "sandbox"
MEANS = {
    CASH: Text(zh="现金", en="Cash"),
    TERMINAL: Text(zh="收款终端", en="Terminal"),
    SANDBOX: Text(zh="沙箱", en="Sandbox"),
}
RECORDED = (CASH, TERMINAL)  # taken at the counter: recorded, not asked of anybody
STATES = {
    "open": Text(zh="待付", en="Open"),
    "paid": Text(zh="已付", en="Paid"),
    "part_refunded": Text(zh="部分退款", en="Partly refunded"),
    "refunded": Text(zh="已退款", en="Refunded"),
    "failed": Text(zh="失败", en="Failed"),
    "closed": Text(zh="已关闭", en="Closed"),
    "disputed": Text(zh="对不上", en="Disputed"),
}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step, for people. `told`: notice, query, counter or operation."""

    n: int
    what: str
    amount: int | None
    refund: int | None
    reference: str
    told: str
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment. Fen: `amount` asked, `paid`, `refunded`, `waiting` (refunds not answered), `left` to refund. `pay_href`:
    where it is paid, '' where nowhere (any more). `used_at`: when what it was for was done; then nothing is `left` here."""

    number: str
    membership: int | None
    shop: int | None
    purpose: str
    subject: str
    title: str
    means: str
    state: str
    amount: int
    paid: int
    refunded: int
    waiting: int
    left: int
    late: bool
    disputed: int | None
    asked_at: datetime
    expires_at: datetime
    pay_href: str
    used_at: datetime | None = None
    steps: tuple[StepView, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of a provider's statement: `kind` paid or refund; `number` our payment's, with `-n` for its n-th refund."""

    kind: str
    number: str
    amount: int


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A line that does not agree. `closed_at`: None while nobody has said why."""

    id: int
    means: str
    day: date
    kind: str
    number: str
    ours: int | None
    theirs: int | None
    closed_at: datetime | None
    closed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A day against a statement: how many lines agree, and those that do not."""

    day: date
    means: str
    agreed: int
    paid: int
    refunded: int
    differences: tuple[DifferenceView, ...]
