"""Stored value at the neighbourhood shop: topped up before big weeks, spent from, once refunded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import CustodyInput, RefundTopUpInput, SaleInput, TopUpInput
from huiguan.cli.demo.neighbourhood.days import Told
from huiguan.cli.demo.neighbourhood.house import CLERKS, SHOPS
from huiguan.cli.demo.story import moment
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import SetPin

SEED = 2021
AMOUNTS = ("100.00", "200.00", "300.00", "500.00", "500.00", "1000.00", "1000.00", "3000.00")
MEANS = ("wechat", "wechat", "alipay", "card", "cash")
BASKETS = (("COFFEE", "BREAD"), ("RICE5",), ("OIL", "EGGS"), ("MILK", "EGGS", "BREAD"), ("SOAP",), ("TEA",))
REFUNDED, STATED = date(2026, 11, 25), date(2026, 12, 1)
PIN = "480275"


@dataclass(slots=True)
class Savings:
    """Who has stored value, and the draws of their own."""

    savers: list[str] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(SEED))

    def __call__(self, told: Told, day: date, closing: datetime) -> None:
        busy = date(2026, 11, 9) <= day <= date(2026, 11, 11)
        for i in range(3 if busy else self.random.choice((0, 0, 1, 1))):
            self._top_up(told, moment(day, 11, 7 * i), i)
        for i, saver in enumerate(self.random.sample(self.savers, k=min(len(self.savers), 2))):
            self._spend(told, saver, moment(day, 16, 11 * i), f"{day:%m%d}-{i}")
        if day == REFUNDED:
            self._refund(told, closing)
        if day == STATED:
            asked = read(CustodyInput, {"day": day.isoformat(), "balance": "4000.00", "note": "11 月对账单"})
            checkout.record_custody(actor=told.actor, at=closing, given=asked)

    def _top_up(self, told: Told, at: datetime, n: int) -> None:
        number, amount = self.random.choice(told.numbers), self.random.choice(AMOUNTS)
        shop = SHOPS[n % 2][0]
        held = queries.wallet(told.actor, number, at).principal
        if held + int(amount.replace(".", "")) > 500_000:
            return
        given: dict[str, Any] = {
            "member": number, "amount": amount, "shop": shop, "clerk": CLERKS[shop], "at": at.isoformat(),
            "presented": ["id"], "tenders": [{"means": self.random.choice(MEANS), "amount": amount}],
        }  # fmt: skip
        checkout.store_value(actor=told.actor, at=at, given=read(TopUpInput, given))
        if number not in self.savers:
            self.savers.append(number)
            pin = {"member": number, "pin": PIN, "presented": ["id"]}
            members.set_pin(actor=told.actor, at=at, given=read(SetPin, pin))

    def _spend(self, told: Told, number: str, at: datetime, bill: str) -> None:
        shop = SHOPS[self.random.randrange(2)][0]
        lines = [{"sku": sku, "quantity": 1} for sku in self.random.choice(BASKETS)]
        given: dict[str, Any] = {
            "member": number,
            "presented": "phone",
            "shop": shop,
            "clerk": CLERKS[shop],
            "lines": lines,
        }
        due = checkout.quote_sale(actor=told.actor, at=at, given=read(SaleInput, given)).paid
        stored = min(due, queries.wallet(told.actor, number, at).total)
        if not stored:
            return
        parts = [("wallet", stored), *([("wechat", due - stored)] if due > stored else [])]
        paid = [{"means": means, "amount": f"{amount // 100}.{amount % 100:02d}"} for means, amount in parts]
        sale = read(SaleInput, {**given, "tenders": paid, "number": f"{shop}9-{bill}", "pin": PIN})
        checkout.commit_sale(actor=told.actor, at=at, given=sale, key=f"ll-stored-{bill}")

    def _refund(self, told: Told, closing: datetime) -> None:
        """The last one who topped up thinks better of it."""
        (last, *_) = queries.top_ups(told.actor, self.savers[-1])
        given = read(RefundTopUpInput, {"top_up": last.id, "presented": ["id"], "reason": "搬家"})
        checkout.refund_top_up(actor=told.actor, at=closing - timedelta(minutes=5), given=given)
