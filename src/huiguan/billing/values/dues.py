"""What members owe, pay and leave with the house, as it crosses the border. Amounts in fen, days local."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason

CREDIT, PAYABLE = "dues_credit", "dues_payable"  # units of the ledger, in fen
UNITS = {
    CREDIT: Text(zh="预存款", en="money on account"),
    PAYABLE: Text(zh="应付分配", en="shares to be paid out"),
}
TRANSFER, ONLINE = "transfer", "online"
WAYS = {
    "cash": Text(zh="现金", en="Cash"),
    "terminal": Text(zh="收款终端", en="Terminal"),
    TRANSFER: Text(zh="银行转账", en="Bank transfer"),
    ONLINE: Text(zh="手机支付", en="Online"),
    "deposit": Text(zh="保证金", en="Deposit"),
    "correction": Text(zh="冲销", en="Correction"),
}
MONEY_WAYS = {"in": Text(zh="收到", en="Received"), "out": Text(zh="付出", en="Paid out")}
CHARGE_STATES = {
    "open": Text(zh="待交", en="Open"),
    "part": Text(zh="部分已交", en="Partly paid"),
    "overdue": Text(zh="逾期", en="Overdue"),
    "paid": Text(zh="已交清", en="Paid"),
    "waived": Text(zh="已核销", en="Written off"),
    "returned": Text(zh="已退", en="Refunded"),
    "cancelled": Text(zh="已撤销", en="Taken back"),
}
PURPOSE = "dues"  # of payments members make from afar


def waived_mark(fee: str) -> str:
    """The mark of a membership that is free of a fee, set by whoever gave her an honour that frees her of it."""
    return f"waived_{fee}"


@dataclass(frozen=True, slots=True)
class MoveView:
    """One thing that became of a charge: paid, unpaid (money taken off again), waived, returned; of the `principal` or
    the `fine`."""

    what: str
    portion: str
    amount: int
    day: date
    money: str
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChargeView:
    """A charge as it stands on a day. `state`: a word of CHARGE_STATES; `left` of the amount, `fine` open beside it,
    `owed` both; `parts`: what its payment is for, (purpose, title, amount, paid)."""

    number: str
    member: str
    name: str
    fee: str
    title: Text
    clause: str
    note: str
    state: str
    amount: int
    paid: int
    left: int
    fine: int
    fine_paid: int
    owed: int
    due: date
    late_days: int
    covers_first: date | None
    covers_last: date | None
    raised_at: datetime
    moves: tuple[MoveView, ...] = ()
    parts: tuple[tuple[str, Text, int, int], ...] = ()
    reasons: tuple[Reason, ...] = ()
    membership: int = 0


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Money that came or went, with what it paid: (charge, what for, portion, amount); `over`: what stayed on account.
    `undone_by`: the number that takes it back."""

    number: str
    way: str
    member: str
    name: str
    amount: int
    means: str
    reference: str
    payer: str
    day: date
    at: datetime
    by: str
    note: str
    undoes: str = ""
    undone_by: str = ""
    paid: tuple[tuple[str, Text, str, int], ...] = ()
    deposit: str = ""
    over: int = 0


@dataclass(frozen=True, slots=True)
class DepositView:
    """A member's deposit: `required` (None: nobody has assessed it), `held`, `short`; `due`: by when that is made up."""

    deposit: str
    title: Text
    clause: str
    base: int | None
    required: int | None
    held: int
    short: int
    due: date | None
    overdue: bool
    reasons: tuple[Reason, ...] = ()
    member: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class DuesBook:
    """All a member owes and has: `owed` of what is charged, `overdue` of that, `credit` on account, `payable` shares not
    paid out yet, `paid_until` by fee: the last day that is paid for."""

    member: str
    name: str
    owed: int
    overdue: int
    credit: int
    payable: int
    charges: tuple[ChargeView, ...]
    deposits: tuple[DepositView, ...]
    money: tuple[MoneyView, ...]
    paid_until: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeeOffer:
    """A fee of the rulebook in force."""

    name: str
    title: Text
    clause: str
    every: str
    amount: int | None
    due_days: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What a run does about a member: `amount` fen (0: nothing), and why."""

    member: str
    name: str
    amount: int
    due: date | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What raising a fee for everybody would do: `lines` at most some; counts and total of all."""

    fee: str
    title: Text
    day: date
    charged: int
    left_out: int
    total: int
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run made: how many were `charged`, how many `left_out`, the `total`; `finished`: everybody was looked at."""

    id: int
    fee: str
    title: Text
    day: date
    charged: int
    left_out: int
    total: int
    by: str
    begun_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whose money a bank's line may be: `sure`: a number names it and the amount is right; `why`: what speaks for it."""

    member: str
    name: str
    charges: tuple[str, ...]
    owed: int
    sure: bool
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class BankLineView:
    """A line of a bank's statement. `fits`: exact, short or over, as the best proposal has it; '' without one."""

    id: int
    reference: str
    day: date
    amount: int
    payer: str
    account: str
    text: str
    state: str
    money: str
    reason: str
    decided_by: str
    proposals: tuple[Proposal, ...] = ()
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A statement brought in: how many lines are new, and how many were known."""

    new: int
    known: int
    amount: int


@dataclass(frozen=True, slots=True)
class WaiverView:
    id: int
    charge: str
    member: str
    name: str
    title: Text
    portion: str
    amount: int
    reason: str
    asked_by: str
    asked_at: datetime
    decision: str
    decided_by: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """A deposit going back: `held`, what of it pays the charges that are open, and what goes `back`."""

    deposit: str
    held: int
    settles: int
    back: int
    possible: bool
    reason: Reason
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class DivisionView:
    """An amount divided: (member, name, amount, why) for each, and what the house `kept`."""

    share: str
    key: str
    title: Text
    total: int
    kept: int
    at: datetime
    parts: tuple[tuple[str, str, int, Reason], ...]
