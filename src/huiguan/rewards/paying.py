"""Money for an order, recorded by its tender; cash goes into the drawer of the shift named."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import CashMoveInput
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.rewards import refusals
from huiguan.rewards.inputs import Tender
from huiguan.rewards.models import Order
from huiguan.rewards.stepping import deposit_of, owed_of

CASH = "cash"


def pay(actor: Actor, now: datetime, row: Order, tender: Tender) -> None:
    """Write down that the money is here: exactly what is owed, or first the deposit that keeps the order. Takes the power to
    sell; PaymentDiffers, ShiftUnknown."""
    actor.demand("sell", row.shop_id)
    owed, (asked, days) = owed_of(row), deposit_of(row)
    if not owed or tender.amount not in (owed, asked):
        raise refusals.PaymentDiffers(field="tender.amount", owed=owed, given=tender.amount)
    if tender.means == CASH and tender.shift is not None:
        _into_drawer(actor, now, tender.shift, "in", tender.amount, row.number)
    if tender.amount < owed and row.pay_until is not None:
        row.pay_until += timedelta(days=days)
    told = {"means": tender.means, "amount": tender.amount, "reference": tender.reference, "shift": tender.shift}
    row.paid += tender.amount
    row.document["tenders"] = [*tenders_of(row), {**told, "at": now.isoformat(), "actor": actor.name}]
    row.save(update_fields=["paid", "document", "pay_until"])


def tenders_of(row: Order) -> list[dict[str, Any]]:
    """What was paid for an order, in order; those of before there were deposits stand alone."""
    alone = row.document.get("tender")
    return list(row.document.get("tenders", [alone] if alone else []))


def pay_back(actor: Actor, now: datetime, row: Order, shift: str | None = None) -> dict[str, object]:
    """What was paid goes back by the means it came, cash out of the drawer of `shift`; what the step keeps of it. Cash that
    went into a drawer comes out of one: CashInDrawer. Where nobody is there, at night, it `waits` to be handed back."""
    tenders = tenders_of(row)
    if not row.paid or not tenders:
        return {}
    cash = sum(each["amount"] for each in tenders if each["means"] == CASH)
    drawn = sum(each["amount"] for each in tenders if each["means"] == CASH and each["shift"] is not None)
    if drawn and shift is None and actor.kind != "system":
        raise refusals.CashInDrawer(field="shift", cash=drawn)
    if cash and shift is not None:
        _into_drawer(actor, now, shift, "out", cash, row.number)
    last = tenders[-1]
    parts = [{"means": each["means"], "amount": each["amount"], "reference": each["reference"]} for each in tenders]
    told = {"refund": row.paid, "means": last["means"], "reference": last["reference"], "shift": shift}
    waits = {"waits": drawn} if drawn and shift is None else {}
    return told | waits | ({"parts": parts} if len(parts) > 1 else {})


def _into_drawer(actor: Actor, now: datetime, shift: str, kind: str, amount: int, number: str) -> None:
    given = CashMoveInput.model_validate({"shift": shift, "kind": kind, "amount": as_yuan(amount), "reason": number})
    checkout.move_cash(actor=actor, at=now, given=given)
