"""What every part of the shop's machine draws with: the dice, the clock, the member whose turn it is."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from tests.auditor.model.days import next_month
from tests.auditor.model.shop.books import ShopBooks
from tests.auditor.model.shop.people import NEVER, UNITS, Buyer

Command = dict[str, Any]
FIRST = datetime(2025, 3, 1, 10)


class Drawing:
    """`now` moves with every command; `past` holds commands that may be asked again."""

    def __init__(self, seed: int, books: ShopBooks) -> None:
        self.dice, self.books = random.Random(seed), books
        self.now, self.count = FIRST, 0
        self.sizes = {(2, 5): 6, (6, 30): 1}  # of batches
        self.past: list[Command] = []
        self.theme: Buyer | None = None

    def _label(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def _named(self, do: str, kind: str, given: Command) -> Command:
        label = self._label(kind)
        return {"do": do, "as": label, "key": f"k-{label}", "given": given}

    # ── the clock ──

    def _later(self) -> datetime:
        roll = self.dice.random()
        if roll < 0.45:
            return self.now
        if roll < 0.72:
            return self.now + timedelta(seconds=self.dice.choice((1, 30, 600)))
        if roll < 0.9:
            return self.now + timedelta(hours=self.dice.randint(1, 20))
        if roll < 0.97:
            return self.now + timedelta(days=self.dice.randint(1, 6), minutes=self.dice.randint(0, 600))
        return self._border() + timedelta(seconds=self.dice.choice((-1, -1, 0, 0, 1, 3600)))

    def _border(self) -> datetime:
        """A moment at which something ends."""
        soon, far = self.now + timedelta(seconds=2), self.now + timedelta(days=40)
        coming = sorted({each for each in self._ends() if soon < each < far})
        return self.dice.choice(coming[:3]) if coming else next_month(self.now)

    def _ends(self) -> list[datetime]:
        lots = [lot for each in self.books.members.values() for unit in UNITS for lot in each.purses[unit].lots]
        ends = [next_month(self.now), *(lot.dies for lot in lots if lot.left and lot.dies != NEVER)]
        for coupon in self.books.coupons.values():
            ends += [each for each in (coupon.until, coupon.mark.until) if each and not coupon.used]
        ends += [package.until for package in self.books.packages]
        mall = self.books.mall
        ends += [each.until for each in mall.waits if each.until and each.state == "offered"]
        ends += [each.closes for each in mall.auctions.values() if each.state == "open"]
        ends += [each.pay_until for each in mall.orders.values() if each.pay_until and each.due]
        return ends

    # ── who and what ──

    def _member(self) -> Buyer:
        if self.theme is None or self.dice.random() < 0.2:
            return self.dice.choice(list(self.books.members.values()))
        return self.theme

    def _one(self, weights: dict[Any, int]) -> Any:
        return self.dice.choices(list(weights), list(weights.values()))[0]
