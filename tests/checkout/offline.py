"""A till that sells offline inside its allowance, and a network that loses, doubles, reorders and delays what it sends."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.allowances.tokens import Terms, terms_of
from huiguan.checkout.inputs import SettleInput
from huiguan.checkout.values import SettledSale
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read

_keys = itertools.count(1)


@dataclass
class OfflineTill:
    """A till that knows the house's public key and nothing else of it. `skew`: how far its clock is off."""

    token: str
    public: bytes
    skew: timedelta = timedelta()
    used: int = 0
    book: list[dict[str, Any]] = field(default_factory=list)
    settled: dict[str, SettledSale] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        return terms_of(self.token, self.public)

    def sell(self, now: datetime, sku: str, points: int) -> str | None:
        """The key of the sale, or None where the allowance does not carry it. The till reckons by its own clock, which
        it set beside the house's when the allowance was granted."""
        if self.used + points > self.terms.points or not self.terms.granted_at <= now < self.terms.until:
            return None
        key = f"off-{next(_keys)}"
        self.used += points
        self.book.append({"key": key, "at": (now + self.skew).isoformat(), "lines": [{"sku": sku}], "points": points})
        return key

    def waiting(self) -> list[dict[str, Any]]:
        return [sale for sale in self.book if sale["key"] not in self.settled]

    def message(self, now: datetime, sales: list[dict[str, Any]]) -> SettleInput:
        told = {"allowance": self.terms.id, "till_now": (now + self.skew).isoformat(), "sales": sales}
        return read(SettleInput, told)


@dataclass
class BadNetwork:
    """Carries messages as it likes; what arrives is answered, and the answer may be lost as well."""

    random: Random
    actor: Actor
    late: list[tuple[datetime, OfflineTill, SettleInput]] = field(default_factory=list)
    answered: list[SettledSale] = field(default_factory=list)

    def send(self, now: datetime, till: OfflineTill) -> None:
        sales = till.waiting()
        self.random.shuffle(sales)
        message, fate = till.message(now, sales), self.random.random()
        if fate < 0.2:
            return  # lost on the way
        if fate < 0.4:
            self.late.append((now, till, message))  # comes some day, after others
            return
        for _ in range(2 if fate < 0.6 else 1):  # doubled
            answers = self._arrive(now, message)
        if fate > 0.75:  # else the answer is lost
            till.settled |= {answer.key: answer for answer in answers}

    def flush(self, now: datetime) -> None:
        """What was under way arrives in whatever order; its clock reading is old by then, the sales are not."""
        self.random.shuffle(self.late)
        for _, till, message in self.late:
            again = till.message(now, [sale for sale in till.book if sale["key"] in {s.key for s in message.sales}])
            self._arrive(now, again)
        self.late = []

    def _arrive(self, now: datetime, message: SettleInput) -> list[SettledSale]:
        answers = checkout.settle_allowance(actor=self.actor, at=now, given=message)
        self.answered += answers
        return answers
