"""The asking door: payments, and what members owe, paid and left with the house."""

from huiguan.billing.dues.arrears import AGES, Age, Aged, Ower, aged, owed, owers, unpaid_fees
from huiguan.billing.dues.asked import asked_for
from huiguan.billing.dues.bank import lines as bank_lines
from huiguan.billing.dues.returning import preview_return
from huiguan.billing.dues.running import preview_run, runs
from huiguan.billing.dues.statements import BANK_FIELDS
from huiguan.billing.providers.sandbox import enabled, sandbox_orders
from huiguan.billing.queries.dues import (
    charge,
    charges,
    deposit_names,
    deposits,
    divisions,
    dues_of,
    fees,
    money,
    moneys,
    share_names,
    waivers,
)
from huiguan.billing.queries.payments import (
    PAYMENT,
    differences,
    paid_for,
    payment,
    payments,
    sandbox_order,
)

__all__ = [
    "AGES",
    "BANK_FIELDS",
    "PAYMENT",
    "Age",
    "Aged",
    "Ower",
    "aged",
    "asked_for",
    "bank_lines",
    "charge",
    "charges",
    "deposit_names",
    "deposits",
    "differences",
    "divisions",
    "dues_of",
    "enabled",
    "fees",
    "money",
    "moneys",
    "owed",
    "owers",
    "paid_for",
    "payment",
    "payments",
    "preview_return",
    "preview_run",
    "runs",
    "sandbox_order",
    "sandbox_orders",
    "share_names",
    "unpaid_fees",
    "waivers",
]
