"""Invoices as programs read them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Yuan
from huiguan.checkout.values import InvoiceView
from huiguan.kernel.amounts import as_yuan


class InvoiceAnswer(Answer):
    """An invoice asked for on a sale. `state`: asked, issued, red (reversed) or withdrawn; `amount`: what it was asked for or
    issued over, `due` what may be invoiced now. `stale`: goods came back since it was issued, it is to be reversed."""

    id: str
    sale: str
    sale_number: str
    shop: str
    member: str | None
    kind: str
    state: str
    title: str
    tax_number: str
    address: str
    bank: str
    email: str
    phone: str
    amount: Yuan
    due: Yuan
    stale: bool
    asked_at: datetime
    asked_by: str
    number: str
    issued_on: date | None
    issued_by: str
    red_number: str
    red_on: date | None
    red_by: str


class InvoicesPage(Answer):
    """Invoices, the newest first."""

    items: list[InvoiceAnswer]
    next: str | None


def told_invoice(view: InvoiceView) -> dict[str, Any]:
    return {**asdict(view), "amount": as_yuan(view.amount), "due": as_yuan(view.due), "stale": view.stale}
