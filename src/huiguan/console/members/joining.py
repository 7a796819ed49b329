"""What joining, or a card, takes beside the form, where a rulebook asks for it: a receipt, the card's cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text
from huiguan.rules.kinds import credential
from huiguan.rules.programme import Programme

RECEIPT, AMOUNT, FEE = "receipt_number", "receipt_amount", "fee"
TITLES = {
    RECEIPT: Text(zh="购物小票单号", en="Receipt number"),
    AMOUNT: Text(zh="小票金额（元）", en="Its amount (yuan)"),
    FEE: Text(zh="已收工本费（元）", en="Paid for the card (yuan)"),
}


def asked_beside(rulebook: Programme) -> dict[str, Text]:
    """The further fields of a form under this rulebook: name -> title."""
    takes_purchase = any(_has(clause, "purchase") for clause in rulebook.of("eligibility"))
    costs = any(_has(clause, "fee") for clause in rulebook.of("credential"))
    names = [*((RECEIPT, AMOUNT) if takes_purchase or costs else ()), *((FEE,) if costs else ())]
    return {name: TITLES[name] for name in names}


def _has(clause: Any, name: str) -> bool:
    return getattr(clause.parameters, name, None) is not None


def given_beside(rulebook: Programme, form: Mapping[str, str]) -> dict[str, Any]:
    """What was written in them, as the operations take it; blanks are left out."""
    told = {name: form.get(name, "").strip().replace(",", "") for name in asked_beside(rulebook)}
    given: dict[str, Any] = {}
    if told.get(RECEIPT) or told.get(AMOUNT):
        given["receipts"] = [{"number": told.get(RECEIPT, ""), "amount": told.get(AMOUNT) or as_yuan(0)}]
    if told.get(FEE):
        given["fee"] = told[FEE]
    return given


def issues_cards(rulebook: Programme) -> bool:
    """Whether there are cards at all: not where the phone is the account."""
    return credential.account_clause(rulebook) is None
