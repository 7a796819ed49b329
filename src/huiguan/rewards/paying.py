"""Money for an order, recorded by its tender; cash goes into the drawer of the shift named."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import CashMoveInput
from huiguan.kernel.actors import Actor
from huiguan.rewards import refusals
from huiguan.rewards.inputs import Tender
from huiguan.rewards.models import Order
from huiguan.rewards.stepping import owed_of

CASH = "cash"


def pay(actor: Actor, now: datetime, row: Order, tender: Tender) -> None:
    """Write down that the money is here: exactly what is owed. Takes the power to sell; PaymentDiffers, ShiftUnknown."""
    actor.demand("sell", row.shop_id)
    owed = owed_of(row)
    if tender.amount != owed or not owed:
        raise refusals.PaymentDiffers(field="tender.amount", owed=owed, given=tender.amount)
    if tender.means == CASH and tender.shift is not None:
        _into_drawer(actor, now, tender.shift, "in", owed, row.number)
    told = {"means": tender.means, "amount": owed, "reference": tender.reference, "shift": tender.shift}
    row.paid = row.owed
    row.document["tender"] = {**told, "at": now.isoformat(), "actor": actor.name}
    row.save(update_fields=["paid", "document"])


def pay_back(actor: Actor, now: datetime, row: Order, shift: str | None = None) -> dict[str, object]:
    """What was paid goes back by the means it came, cash out of the drawer of `shift`; what the step keeps of it."""
    tender = row.document.get("tender")
    if not row.paid or tender is None:
        return {}
    if tender["means"] == CASH and shift is not None:
        _into_drawer(actor, now, shift, "out", row.paid, row.number)
    return {"refund": row.paid, "means": tender["means"], "reference": tender["reference"], "shift": shift}


def _into_drawer(actor: Actor, now: datetime, shift: str, kind: str, amount: int, number: str) -> None:
    given = CashMoveInput.model_validate(
        {"shift": shift, "kind": kind, "amount": f"{amount // 100}.{amount % 100:02d}", "reason": number}
    )
    checkout.move_cash(actor=actor, at=now, given=given)
