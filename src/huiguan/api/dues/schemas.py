"""Dues as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both, ReasonAnswer, Yuan


class ChargeMoveAnswer(Answer):
    """`what`: paid, unpaid, waived, returned; `portion`: principal or fine; `money`: the receipt it came with."""

    what: str
    portion: str
    amount: Yuan
    day: date
    money: str
    reason: str
    at: datetime


class ChargePartAnswer(Answer):
    purpose: str
    amount: Yuan
    paid: Yuan


class ChargeAnswer(Answer):
    """`state`: open, part, overdue, paid, waived, returned, cancelled. `left` of the amount, `fine` open beside it, `owed`
    both; due until the end of the local day `due`."""

    number: str
    member: str
    fee: str
    title: Both
    clause: str
    note: str
    state: str
    amount: Yuan
    paid: Yuan
    left: Yuan
    fine: Yuan
    fine_paid: Yuan
    owed: Yuan
    due: date
    late_days: int
    covers_first: date | None
    covers_last: date | None
    raised_at: datetime
    parts: list[ChargePartAnswer]
    moves: list[ChargeMoveAnswer]
    reasons: list[ReasonAnswer]


class ChargesAnswer(Answer):
    """A fee's charges: one, or one for each instalment."""

    items: list[ChargeAnswer]


class ChargesPage(Answer):
    items: list[ChargeAnswer]
    next: str | None


class MoneyPartAnswer(Answer):
    charge: str
    portion: str
    amount: Yuan


class MoneyAnswer(Answer):
    """A receipt (`way` in) or voucher (out). `paid`: what it paid; `over`: what stayed on account; `undoes`, `undone_by`."""

    number: str
    way: str
    member: str
    amount: Yuan
    means: str
    reference: str
    payer: str
    day: date
    at: datetime
    note: str
    deposit: str
    undoes: str
    undone_by: str
    paid: list[MoneyPartAnswer]
    over: Yuan


class MoneyPage(Answer):
    items: list[MoneyAnswer]
    next: str | None


class DepositAnswer(Answer):
    """`required` null: the figure it is a part of was not assessed. `due`: the last day to make up what is `short`."""

    deposit: str
    title: Both
    clause: str
    member: str
    base: Yuan | None
    required: Yuan | None
    held: Yuan
    short: Yuan
    due: date | None
    overdue: bool
    reasons: list[ReasonAnswer]


class DepositsPage(Answer):
    items: list[DepositAnswer]
    next: str | None


class DuesAnswer(Answer):
    """All a member owes and has. `credit` on account; `payable` shares not paid out; `paid_until` by fee."""

    member: str
    owed: Yuan
    overdue: Yuan
    credit: Yuan
    payable: Yuan
    paid_until: dict[str, date]
    charges: list[ChargeAnswer]
    deposits: list[DepositAnswer]
    money: list[MoneyAnswer]


class AgeAnswer(Answer):
    name: str
    owed: Yuan
    charges: int
    members: int


class ArrearsAnswer(Answer):
    owed: Yuan
    overdue: Yuan
    ages: list[AgeAnswer]
    items: list[ChargeAnswer]


class PlannedAnswer(Answer):
    member: str
    amount: Yuan
    due: date | None
    reasons: list[ReasonAnswer]


class RunPreviewAnswer(Answer):
    """`lines`: at most 100 of those charged and of those left out, each with why."""

    fee: str
    day: date
    charged: int
    left_out: int
    total: Yuan
    lines: list[PlannedAnswer]


class RunAnswer(Answer):
    fee: str
    day: date
    charged: int
    left_out: int
    total: Yuan
    begun_at: datetime
    finished_at: datetime | None


class WaiverAnswer(Answer):
    """`decision`: empty while it waits, approved or refused."""

    id: int
    charge: str
    member: str
    portion: str
    amount: Yuan
    reason: str
    asked_by: str
    asked_at: datetime
    decision: str
    decided_by: str


class WaiverAsked(Answer):
    waiver: int


class WaiversPage(Answer):
    items: list[WaiverAnswer]
    next: str | None


class ReturnPlanAnswer(Answer):
    """What of a deposit `settles` debts and what goes `back`; `voucher` once it went."""

    deposit: str
    held: Yuan
    settles: Yuan
    back: Yuan
    possible: bool
    voucher: str
    reasons: list[ReasonAnswer]


class BroughtAnswer(Answer):
    new: int
    known: int
    amount: Yuan


class ProposalAnswer(Answer):
    member: str
    charges: list[str]
    owed: Yuan
    sure: bool
    why: list[Both]


class BankLineAnswer(Answer):
    """`state`: open, matched, aside; `fits`: exact, short, over, as the likeliest proposal has it."""

    id: int
    reference: str
    day: date
    amount: Yuan
    payer: str
    account: str
    text: str
    state: str
    money: str
    reason: str
    fits: str
    proposals: list[ProposalAnswer]


class BankLinesPage(Answer):
    items: list[BankLineAnswer]
    next: str | None


class LineSetAside(Answer):
    line: int


class ShareAgreed(Answer):
    member: str


class DividedAnswer(Answer):
    member: str
    amount: Yuan
    reasons: list[ReasonAnswer]


class DivisionAnswer(Answer):
    share: str
    key: str
    total: Yuan
    kept: Yuan
    at: datetime
    parts: list[DividedAnswer]
