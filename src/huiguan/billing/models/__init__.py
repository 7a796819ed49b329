"""The tables of billing: payments asked of providers, and what members owe, pay and leave with the house."""

from huiguan.billing.models.bank import BankLine
from huiguan.billing.models.charges import (
    AgreedShare,
    Charge,
    ChargeMove,
    DepositBase,
    DepositCall,
    Division,
    FeeRun,
    Money,
    Reminded,
    Series,
    Waiver,
)
from huiguan.billing.models.payments import Difference, Payment, SandboxNotice, SandboxOrder, Step

__all__ = [
    "AgreedShare",
    "BankLine",
    "Charge",
    "ChargeMove",
    "DepositBase",
    "DepositCall",
    "Difference",
    "Division",
    "FeeRun",
    "Money",
    "Payment",
    "Reminded",
    "SandboxNotice",
    "SandboxOrder",
    "Series",
    "Step",
    "Waiver",
]
