"""The writing door: payments asked and heard of; what members owe, pay and leave with the house."""

from huiguan.billing.dues.bank import bring_statement, confirm_line, set_aside
from huiguan.billing.dues.changing import cancel_charge, decide_waiver, refund_charge, waive_charge
from huiguan.billing.dues.charging import raise_charge
from huiguan.billing.dues.fining import charge_amount, take_back_charge
from huiguan.billing.dues.following import follow_dues
from huiguan.billing.dues.receiving import pay_out, receive_money, undo_money
from huiguan.billing.dues.returning import assess_deposit, forfeit_deposit, return_deposit
from huiguan.billing.dues.running import run_fee
from huiguan.billing.dues.sharing import agree_share, divide_income
from huiguan.billing.dues.statements import import_statement
from huiguan.billing.operations.dues import ask_dues_payment, receive_paid
from huiguan.billing.operations.payments import (
    ask_back,
    ask_payment,
    clear_dispute,
    receive_notice,
    refund_payment,
    settle_payments,
    use_payment,
)
from huiguan.billing.providers.sandbox import DEEDS, do_in_sandbox
from huiguan.billing.reconciling import close_difference, reconcile_day

__all__ = [
    "DEEDS",
    "agree_share",
    "ask_back",
    "ask_dues_payment",
    "ask_payment",
    "assess_deposit",
    "bring_statement",
    "cancel_charge",
    "charge_amount",
    "clear_dispute",
    "close_difference",
    "confirm_line",
    "decide_waiver",
    "divide_income",
    "do_in_sandbox",
    "follow_dues",
    "forfeit_deposit",
    "import_statement",
    "pay_out",
    "raise_charge",
    "receive_money",
    "receive_notice",
    "receive_paid",
    "reconcile_day",
    "refund_charge",
    "refund_payment",
    "return_deposit",
    "run_fee",
    "set_aside",
    "settle_payments",
    "take_back_charge",
    "undo_money",
    "use_payment",
    "waive_charge",
]
