"""Dues told to programs: sums in yuan, reasons with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huiguan.api.dues.schemas import (
    AgeAnswer,
    ArrearsAnswer,
    BankLineAnswer,
    ChargeAnswer,
    ChargeMoveAnswer,
    DepositAnswer,
    DivisionAnswer,
    DuesAnswer,
    MoneyAnswer,
    PlannedAnswer,
    ProposalAnswer,
    ReturnPlanAnswer,
    RunAnswer,
    RunPreviewAnswer,
    WaiverAnswer,
)
from huiguan.api.members.telling import told_reasons
from huiguan.api.schemas import Answer
from huiguan.billing.queries import Aged
from huiguan.billing.values import (
    BankLineView,
    ChargeView,
    DepositView,
    DivisionView,
    DuesBook,
    MoneyView,
    ReturnPlan,
    RunPreview,
    RunView,
    WaiverView,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

_PLAIN = ("amount", "paid", "left", "fine", "fine_paid", "owed", "overdue", "credit", "payable", "base", "required", "held", "short", "settles", "back", "total", "kept", "over")  # fmt: skip


def _of(gives: type[Answer], view: Any, **more: Any) -> dict[str, Any]:
    """Of a value what the answer names, sums in yuan; `more` as it is said here."""
    told = {name: getattr(view, name) for name in gives.model_fields if name not in more}
    for name, value in told.items():
        if name in _PLAIN and type(value) is int:
            told[name] = as_yuan(value)
        elif isinstance(value, Text):
            told[name] = {"zh": value.zh, "en": value.en}
    return {**told, **more}


def told_charge(actor: Actor, at: datetime, view: ChargeView) -> dict[str, Any]:
    return _of(
        ChargeAnswer, view, reasons=told_reasons(actor, at, view.reasons),
        moves=[_of(ChargeMoveAnswer, each) for each in view.moves],
        parts=[{"purpose": name, "amount": as_yuan(part), "paid": as_yuan(paid)} for name, _, part, paid in view.parts],
    )  # fmt: skip


def told_charges(actor: Actor, at: datetime, views: Sequence[ChargeView]) -> dict[str, Any]:
    return {"items": [told_charge(actor, at, each) for each in views]}


def told_money(view: MoneyView) -> dict[str, Any]:
    paid = [{"charge": charge, "portion": part, "amount": as_yuan(amount)} for charge, _, part, amount in view.paid]
    return _of(MoneyAnswer, view, paid=paid)


def told_deposit(actor: Actor, at: datetime, view: DepositView) -> dict[str, Any]:
    return _of(DepositAnswer, view, reasons=told_reasons(actor, at, view.reasons))


def told_dues(actor: Actor, at: datetime, book: DuesBook) -> dict[str, Any]:
    return _of(
        DuesAnswer, book, charges=[told_charge(actor, at, each) for each in book.charges],
        deposits=[told_deposit(actor, at, each) for each in book.deposits],
        money=[told_money(each) for each in book.money],
    )  # fmt: skip


def told_arrears(actor: Actor, at: datetime, told: Aged) -> dict[str, Any]:
    return _of(
        ArrearsAnswer, told, ages=[_of(AgeAnswer, each) for each in told.ages],
        items=[told_charge(actor, at, each) for each in told.lines],
    )  # fmt: skip


def told_preview(actor: Actor, at: datetime, view: RunPreview) -> dict[str, Any]:
    lines = [_of(PlannedAnswer, each, reasons=told_reasons(actor, at, [each.reason])) for each in view.lines]
    return _of(RunPreviewAnswer, view, lines=lines)


def told_run(view: RunView) -> dict[str, Any]:
    return _of(RunAnswer, view)


def told_waiver(view: WaiverView) -> dict[str, Any]:
    return _of(WaiverAnswer, view)


def told_plan(actor: Actor, at: datetime, view: ReturnPlan) -> dict[str, Any]:
    return _of(ReturnPlanAnswer, view, reasons=told_reasons(actor, at, [view.reason]))


def told_line(view: BankLineView) -> dict[str, Any]:
    proposals = [
        _of(ProposalAnswer, each, charges=list(each.charges), why=[{"zh": why.zh, "en": why.en} for why in each.why])
        for each in view.proposals
    ]
    return _of(BankLineAnswer, view, proposals=proposals)


def told_division(actor: Actor, at: datetime, view: DivisionView) -> dict[str, Any]:
    parts = [
        {"member": member, "amount": as_yuan(amount), "reasons": told_reasons(actor, at, [why])}
        for member, _, amount, why in view.parts
    ]
    return _of(DivisionAnswer, view, parts=parts)
