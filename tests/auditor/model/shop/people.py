"""Who buys at the shop: her points and stored value in lots, her top-ups, what she bought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.auditor.model.lots import Lot, Purse, Taken
from tests.auditor.model.shop.wallet import Parts

UNITS = ("points", "principal", "bonus")
NEVER = datetime(9999, 1, 1)


@dataclass
class TopUp:
    """`lot`, `bonus_lot`: their places; `refunded`: the principal given back; `off`: what was deducted for bonus spent, as
    the parts that were taken for it; `gone`: bonus taken back."""

    label: str
    member: str
    at: datetime
    amount: int
    bonus: int
    bonus_clause: str
    lot: int
    bonus_lot: int | None
    refunded: int = 0
    fees: int = 0
    deducted: int = 0
    bonus_back: int = 0

    @property
    def undone(self) -> bool:
        return self.refunded == self.amount


@dataclass
class Item:
    """A line as it was sold."""

    sku: str
    category: str
    price: int
    pieces: int
    package: bool = False


@dataclass
class Sold:
    """A sale and what is left of it. `coupons`: what each took off which line, of those still
    used. `taken`: of each unit, what it took of which lots; `back`: how much of that has
    come back."""

    label: str
    member: str | None
    at: datetime
    items: list[Item]
    kept: list[int]
    points: int
    coupons: list[Any]
    due: tuple[int, int]  # on goods bonus may buy, and on others
    wallet: Parts
    taken: dict[str, Taken]
    back: Counter[str] = field(default_factory=Counter)
    lot: int | None = None
    forgiven: int = 0
    returns: int = 0


MOST_WRONG = 5


@dataclass
class Buyer:
    label: str
    joined: datetime
    purses: dict[str, Purse] = field(default_factory=lambda: {unit: Purse() for unit in UNITS})
    spend: Counter[date] = field(default_factory=Counter)
    visits: Counter[date] = field(default_factory=Counter)
    held: int = 0  # points of bids that lead
    pin: str = ""
    wrong: int = 0  # tries since the last right one

    def tried(self, pin: str) -> str:
        """What a try at her PIN is refused by; "" where it is right. A wrong one counts, whatever becomes of the sale."""
        if not self.pin:
            return "PinNotSet"
        if self.wrong >= MOST_WRONG:
            return "PinLocked"
        self.wrong = 0 if pin == self.pin else self.wrong + 1
        return "PinWrong" if self.wrong else ""

    def spendable(self, unit: str, now: datetime) -> list[Lot]:
        """The lots a spend goes through, in its order: principal the oldest first, what ends as what ends soonest."""
        alive = self.purses[unit].alive(now)
        return alive if unit == "principal" else sorted(alive, key=lambda lot: (lot.dies, lot.earned, lot.number))

    def has(self, unit: str, now: datetime) -> int:
        return self.purses[unit].balance(now)

    def free(self, unit: str, now: datetime) -> int:
        """What may be spent: what is there less what is held."""
        return max(0, self.has(unit, now) - (self.held if unit == "points" else 0))

    def stored(self, now: datetime) -> Parts:
        return Parts(self.has("principal", now), self.has("bonus", now))

    def spend_of(self, unit: str, amount: int, now: datetime) -> Taken:
        return self.purses[unit].take(amount, self.spendable(unit, now), now, now)
