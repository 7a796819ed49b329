"""Whatever is topped up, bought, returned and refunded, in whatever order: principal and bonus are exact, the books prove."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from huiguan.checkout.stored_refusals import NothingToRefund
from huiguan.kernel.amounts import as_yuan
from huiguan.ledger.proof import prove
from huiguan.members.values import EnrolledMember
from tests.checkout.test_stored_value import LADDER, clause, held, refund, store, world
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
GOODS = {"PIN": 1, "GLOVE": 9999, "HUNDRED": 10000, "SCARF": 50000}


class Story:
    """One member's purse, kept beside the house by plain sums: what went in, what goods hold of it, what came out."""

    def __init__(self, seed: int, house: World, member: EnrolledMember) -> None:
        self.random, self.house, self.member = Random(seed), house, member
        self.minute, self.put_in, self.bonus_in, self.out, self.bonus_out = 0, 0, 0, 0, 0
        self.tops: list[str] = []
        self.open: dict[str, list[int]] = {}
        self.in_goods: dict[str, tuple[int, int]] = {}

    @property
    def now(self) -> str:
        self.minute += 1
        return f"2026-05-{1 + self.minute // 60:02d} 12:{self.minute % 60:02d}"

    def has(self) -> tuple[int, int]:
        return held(self.house, self.member, self.now)

    def top_up(self) -> None:
        amount = self.random.choice((1, 9999, 50000, 100000))
        made = store(self.house, self.now, self.member.number, as_yuan(amount))
        self.tops.append(made.id)
        self.put_in, self.bonus_in = self.put_in + made.paid, self.bonus_in + made.bonus

    def buy(self) -> None:
        skus = self.random.choices(list(GOODS), k=self.random.randint(1, 4))
        due = sum(GOODS[sku] for sku in skus)
        stored = self.random.randint(0, min(due, sum(self.has())))
        parts = [("wallet", stored), ("cash", due - stored)]
        tenders = [{"means": means, "amount": as_yuan(amount)} for means, amount in parts if amount]
        sale = self.house.sell(self.now, *skus, member=self.member.number, tenders=tenders)
        told: dict[str, Any] = sale.document["wallet"] or {"principal": 0, "bonus": 0}
        assert told["principal"] + told["bonus"] == stored
        self.open[sale.id] = list(range(1, len(skus) + 1))
        self.in_goods[sale.id] = (told["principal"], told["bonus"])

    def give_back(self) -> None:
        if not self.open:
            return
        sale = self.random.choice(list(self.open))
        line = self.random.choice(self.open[sale])
        before = self.has()
        self.house.give_back(self.now, sale, line)
        after = self.has()
        self.open[sale].remove(line)
        principal, bonus = self.in_goods[sale]
        self.in_goods[sale] = (principal - after[0] + before[0], bonus - after[1] + before[1])
        assert min(self.in_goods[sale]) >= 0
        if not self.open[sale]:
            assert self.in_goods.pop(sale) == (0, 0), "all of it is back with the last line"
            del self.open[sale]

    def refund(self) -> None:
        if not self.tops:
            return
        before = self.has()
        try:
            made = refund(self.house, self.now, self.random.choice(self.tops))
        except NothingToRefund:
            return
        after = self.has()
        self.out += made.refund + made.deducted + made.fee
        self.bonus_out += made.bonus_back
        assert before[0] - after[0] == made.refund + made.deducted + made.fee
        assert before[1] - after[1] == made.bonus_back

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.random.choice((self.top_up, self.buy, self.buy, self.give_back, self.give_back, self.refund))()
            principal = self.put_in - self.out - sum(each[0] for each in self.in_goods.values())
            bonus = self.bonus_in - self.bonus_out - sum(each[1] for each in self.in_goods.values())
            assert self.has() == (principal, bonus), f"step {self.minute}"


@pytest.mark.parametrize("order", ["principal_first", "bonus_first", "ratio"])
def test_any_sequence_is_exact_and_the_books_prove(order: str) -> None:
    house = world(LADDER, clause(2, "tender", f"spend: {order}"))
    for seed in (7, 8, 9):
        Story(seed, house, house.enrol(card=None)).live(25)
    assert prove(at=moment("2026-06-01 12:00")).findings == ()
