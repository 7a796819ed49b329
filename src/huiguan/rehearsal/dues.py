"""What an example may do and ask about dues, deposits and shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from huiguan.billing import inputs as bills
from huiguan.billing import operations as billing
from huiguan.billing import queries as owed
from huiguan.billing.values import ChargeView, DepositView, DivisionView, MoneyView, ReturnPlan
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.rehearsal.doing import Deed, Given
from huiguan.rehearsal.stage import Stage
from huiguan.rehearsal.telling import told

MONEY = frozenset(
    ["amount", "paid", "left", "fine", "fine_paid", "owed", "overdue", "over", "credit", "payable", "required", "short",
     "base", "held", "total", "settles", "back", "kept"]
)  # fmt: skip


def dues_told(stage: Stage, answer: Any) -> Any:
    """An answer with every sum in yuan and every reason by name, however deep."""
    if isinstance(answer, tuple | list):
        return [dues_told(stage, each) for each in answer]
    if isinstance(answer, MoneyView):
        paid = [{"charge": charge, "portion": portion, "amount": part} for charge, _, portion, part in answer.paid]
        return _in_yuan({**told(replace(answer, paid=())), "paid": paid})
    if isinstance(answer, ChargeView):
        parts = [{"purpose": purpose, "amount": part, "paid": into} for purpose, _, part, into in answer.parts]
        plain = {**told(answer), "parts": parts, "moves": [told(each) for each in answer.moves]}
        return {**_in_yuan(plain), "reasons": stage.reasons(answer.reasons)}
    if isinstance(answer, DivisionView):
        shares = [{"member": member, "amount": part} for member, _, part, _ in answer.parts]
        reasons = stage.reasons([why for *_, why in answer.parts])
        return {**_in_yuan({**told(replace(answer, parts=())), "parts": shares}), "reasons": reasons}
    if isinstance(answer, DepositView):
        return {**_in_yuan(told(answer)), "reasons": stage.reasons(answer.reasons)}
    if isinstance(answer, ReturnPlan):
        return {**_in_yuan(told(answer)), "reasons": stage.reasons([answer.reason])}
    return _in_yuan(told(answer))


def _in_yuan(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_in_yuan(each) for each in plain]
    if isinstance(plain, dict):
        return {
            name: as_yuan(value) if name in MONEY and type(value) is int else _in_yuan(value)
            for name, value in plain.items()
        }
    return plain


def _deed(operation: Callable[..., Any], record: type[BaseModel]) -> Deed:
    def deed(stage: Stage, actor: Actor, given: Given) -> Any:
        key = given.pop("request", None)  # `key` is a field of some of these
        return dues_told(stage, operation(actor=actor, at=stage.now, given=read(record, given), key=key))

    return deed


def _raise_charge(stage: Stage, actor: Actor, given: Given) -> Any:
    """The charge; of a fee in instalments all of them."""
    key = given.pop("request", None)
    made = billing.raise_charge(actor=actor, at=stage.now, given=read(bills.RaiseCharge, given), key=key)
    return dues_told(stage, made[0] if len(made) == 1 else made)


def _preview_run(stage: Stage, actor: Actor, given: Given) -> Any:
    view = owed.preview_run(actor, stage.now, read(bills.RunFee, given))
    lines = [{**dues_told(stage, each), "reasons": stage.reasons([each.reason])} for each in view.lines]
    return {**dues_told(stage, view), "lines": lines, "reasons": [one for each in lines for one in each["reasons"]]}


def _dues(stage: Stage, actor: Actor, given: Given) -> Any:
    """All a member owes and has."""
    book = owed.dues_of(actor, str(given.pop("member", "")), stage.now)
    charges = [dues_told(stage, each) for each in book.charges]
    deposits = [dues_told(stage, each) for each in book.deposits]
    money = [dues_told(stage, each) for each in book.money]
    reasons = [reason for each in (*charges, *deposits) for reason in each["reasons"]]
    plain = dues_told(stage, replace(book, charges=(), deposits=(), money=()))
    return {**plain, "charges": charges, "deposits": deposits, "money": money, "reasons": reasons}


def _arrears(stage: Stage, actor: Actor, given: Given) -> Any:
    """What is owed by age; `lines` of one `age` where it is named."""
    return dues_told(stage, owed.aged(actor, stage.now, age=str(given.pop("age", ""))))


def _bank_lines(stage: Stage, actor: Actor, given: Given) -> Any:
    return dues_told(stage, owed.bank_lines(actor, stage.now, str(given.pop("state", "open"))))


def _waivers(stage: Stage, actor: Actor, given: Given) -> Any:
    return dues_told(stage, owed.waivers(actor, decided=bool(given.pop("decided", False))))


def _return_plan(stage: Stage, actor: Actor, given: Given) -> Any:
    return dues_told(stage, owed.preview_return(actor, stage.now, read(bills.ReturnDeposit, given)))


DUES_DEEDS: dict[str, Deed] = {
    "raise_charge": _raise_charge,
    "run_fee": _deed(billing.run_fee, bills.RunFee),
    "receive_money": _deed(billing.receive_money, bills.ReceiveMoney),
    "undo_money": _deed(billing.undo_money, bills.UndoMoney),
    "pay_out": _deed(billing.pay_out, bills.PayOut),
    "cancel_charge": _deed(billing.cancel_charge, bills.OneCharge),
    "refund_charge": _deed(billing.refund_charge, bills.RefundCharge),
    "waive_charge": _deed(billing.waive_charge, bills.WaiveCharge),
    "decide_waiver": _deed(billing.decide_waiver, bills.DecideWaiver),
    "assess_deposit": _deed(billing.assess_deposit, bills.AssessDeposit),
    "return_deposit": _deed(billing.return_deposit, bills.ReturnDeposit),
    "forfeit_deposit": _deed(billing.forfeit_deposit, bills.ForfeitDeposit),
    "bring_statement": _deed(billing.bring_statement, bills.BringStatement),
    "confirm_line": _deed(billing.confirm_line, bills.ConfirmLine),
    "set_aside": _deed(billing.set_aside, bills.SetAside),
    "agree_share": _deed(billing.agree_share, bills.AgreeShare),
    "divide_income": _deed(billing.divide_income, bills.DivideIncome),
}
DUES_QUESTIONS = {
    "dues": _dues,
    "arrears": _arrears,
    "fee_run": _preview_run,
    "bank_lines": _bank_lines,
    "waivers": _waivers,
    "return_plan": _return_plan,
}
