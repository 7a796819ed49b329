"""What she has, bought, owes and paid: ledgers, coupons, purchases, dues with their receipts, deposits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from huiguan.billing import queries as billing
from huiguan.billing.values.dues import CHARGE_STATES, MONEY_WAYS, WAYS
from huiguan.checkout import queries as checkout
from huiguan.checkout.telling import coupon_title, told
from huiguan.checkout.values import SaleView
from huiguan.checkout.values.entries import entry_title
from huiguan.copies.persons import CLAUSE, MANY, NUMBER, STATE, WHAT, WHEN
from huiguan.copies.values import Part
from huiguan.entitlements.values import RIGHT_STATES, HeldRight
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text
from huiguan.ledger import queries as ledger
from huiguan.ledger.values import Entry
from huiguan.members.values import MemberTold
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import MONEY

LEDGER = "ledger_"
_AMOUNT, _DUE = Text(zh="金额", en="Amount"), Text(zh="期限", en="Due")
_CHANGE, _BALANCE = Text(zh="变动", en="Change"), Text(zh="余额", en="Balance")
_LINE = (("at", WHEN), ("change", _CHANGE), ("balance", _BALANCE), ("cause", WHAT), ("clause", CLAUSE))


def account_parts(herself: Actor, at: datetime, rulebook: Programme, who: MemberTold) -> Iterator[Part]:
    """Every ledger, right, purchase, charge, receipt and deposit."""
    for unit, named in rulebook.units.items():
        title = Text(zh=f"账目：{named.zh}", en=f"Ledger: {named.en}")
        yield Part(f"{LEDGER}{unit}", title, _LINE, _entries(herself, who.membership, rulebook, unit), table=True)
    yield Part(
        "coupons", Text(zh="卡券", en="Coupons"),
        (("code", NUMBER), ("name", WHAT), ("state", STATE), ("valid_until", Text(zh="有效期至", en="Valid until")), ("clause", CLAUSE)),
        [_coupon(rulebook, each) for each in who.rights],
    )  # fmt: skip
    sales = checkout.sales(herself, membership=who.membership, limit=MANY)
    columns = (("at", WHEN), ("number", NUMBER), ("shop", Text(zh="门店", en="Shop")), ("paid", _AMOUNT))
    yield Part("sales", Text(zh="消费", en="Purchases"), columns, [_sale(each) for each in sales], table=True)
    yield from _dues(herself, at, who.number)


def _entries(herself: Actor, membership: int, rulebook: Programme, unit: str) -> list[dict[str, Any]]:
    return [
        {
            "at": line.at,
            "change": line.delta,
            "balance": line.balance,
            "cause": _caused(line, unit),
            "reference": line.cause[1],
            "clause": line.clause,
        }
        for line in ledger.entries(actor=herself, membership=membership, unit=unit, limit=MANY)
    ]


def _caused(line: Entry, unit: str) -> Text:
    return entry_title(line.cause[0], came=line.delta > 0, stored=unit in MONEY)


def _coupon(rulebook: Programme, held: HeldRight) -> dict[str, Any]:
    right = held.right
    return {
        "code": right.code, "name": coupon_title(rulebook, right.name, right.clause or ""), "clause": right.clause, "worth": as_yuan(right.worth),
        "state": RIGHT_STATES.get(held.state, held.state), "valid_from": right.valid_from, "valid_until": right.valid_until,
        "steps": [{"what": step.what, "at": step.at} for step in held.steps],
    }  # fmt: skip


def _sale(sale: SaleView) -> dict[str, Any]:
    """A purchase with every line, means of payment and reason."""
    document = sale.document
    reasons = told(programmes.version(sale.version), document["reasons"])
    return {
        "number": sale.number, "shop": sale.shop, "at": sale.at, "paid": as_yuan(sale.paid),
        "lines": [
            {"sku": line["sku"], "name": line["name"], "quantity": line["quantity"], "paid": as_yuan(line["due"])}
            for line in document["lines"]
        ],
        "tenders": [{"means": means, "amount": as_yuan(amount)} for means, amount in document["tenders"]],
        "earned": document["earned"], "used": document["used"],
        "reasons": [{"clause": each["clause"], "given": each["given"], "text": each["text"]} for each in reasons],
    }  # fmt: skip


def _dues(herself: Actor, at: datetime, number: str) -> Iterator[Part]:
    book = billing.dues_of(herself, number, at)
    yield Part(
        "charges", Text(zh="收费单", en="Charges"),
        (("number", NUMBER), ("title", WHAT), ("amount", _AMOUNT), ("owed", Text(zh="还欠", en="Owed")), ("due", _DUE), ("state", STATE), ("clause", CLAUSE)),
        [
            {"number": c.number, "title": c.title, "amount": as_yuan(c.amount), "paid": as_yuan(c.paid),
             "fine": as_yuan(c.fine), "owed": as_yuan(c.owed), "due": c.due, "covers_first": c.covers_first,
             "covers_last": c.covers_last, "state": CHARGE_STATES[c.state], "clause": c.clause, "raised_at": c.raised_at}
            for c in book.charges
        ],
    )  # fmt: skip
    yield Part(
        "receipts", Text(zh="收据与付款", en="Receipts and vouchers"),
        (("number", NUMBER), ("day", WHEN), ("way", Text(zh="方向", en="Way")), ("amount", _AMOUNT), ("means", Text(zh="方式", en="By"))),
        [
            {"number": m.number, "day": m.day, "way": MONEY_WAYS[m.way], "amount": as_yuan(m.amount),
             "means": WAYS.get(m.means, m.means),
             "reference": m.reference, "undoes": m.undoes,
             "paid": [{"charge": number, "amount": as_yuan(amount)} for number, _, _, amount in m.paid]}
            for m in book.money
        ],
    )  # fmt: skip
    yield Part(
        "deposits", Text(zh="保证金", en="Deposits"),
        (("title", WHAT), ("held", Text(zh="已存", en="Held")), ("short", Text(zh="还差", en="Short")), ("due", _DUE), ("clause", CLAUSE)),
        [
            {"title": d.title, "held": as_yuan(d.held), "short": as_yuan(d.short), "due": d.due, "clause": d.clause}
            for d in book.deposits
        ],
    )  # fmt: skip
