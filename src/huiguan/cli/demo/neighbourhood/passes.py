"""Passes and family cards at the neighbourhood shop: sold now and then, used most days, sometimes swapped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput, UsePackage
from huiguan.cli.demo.neighbourhood.days import FIRST, SHOPS_OF, Told
from huiguan.cli.demo.neighbourhood.house import CLERKS
from huiguan.cli.demo.story import moment
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal

# Who of those that join first holds one, in the order they joined; the first has one of each.
HOLDERS = (
    (0, "FAMILY-CARD"),
    (0, "COFFEE-PASS"),
    (2, "COFFEE-PASS"),
    (3, "FAMILY-PLUS"),
    (5, "COFFEE-PASS"),
    (7, "FAMILY-CARD"),
)
COMES = 0.22  # on a day, per package
WANTED = {
    "COFFEE-PASS": ("coffee",),
    "FAMILY-CARD": ("play", "wash", "baking"),
    "FAMILY-PLUS": ("play", "cut", "wash", "cake"),
}


@dataclass(slots=True)
class Passes:
    """One of `HOLDERS` is sold every fourth day; whoever holds one comes by every few days. The house's own chance is
    left alone, so that the other parts tell the same."""

    random: Random = field(default_factory=lambda: Random(31))
    sold: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, told: Told, day: date, closing: datetime) -> None:
        if day == FIRST:
            self.random, self.sold = Random(31), []
        self._come_by(told, day, closing)
        if day.toordinal() % 4 == 0 and len(self.sold) < len(HOLDERS):
            place, sku = HOLDERS[len(self.sold)]
            number = told.numbers[place]
            self._sell(told, number, sku, moment(day, 11, 20), closing)
            self.sold.append((number, sku))
        elif len(self.sold) == len(HOLDERS) and self.sold[-1][1] == "FAMILY-CARD" and day.toordinal() % 4 == 3:
            self._swap(told, moment(day, 12, 5), closing)

    def _come_by(self, told: Told, day: date, closing: datetime) -> None:
        for number, sku in self.sold:
            if self.random.random() < COMES:
                item, minutes = self.random.choice(WANTED[sku]), self.random.randint(0, 300)
                self._use(told, number, item, moment(day, 10) + timedelta(minutes=minutes), closing)

    def _use(self, told: Told, number: str, item: str, at: datetime, closing: datetime) -> None:
        shop = self.random.choice(SHOPS_OF)
        asked = read(UsePackage, {"member": number, "item": item, "shop": shop, "at": at.isoformat()})
        try:
            checkout.use_package(actor=told.actor, at=max(at, closing), given=asked)
        except Refusal:
            return  # used up, or another branch was chosen: she is told so and goes home

    def _sell(self, told: Told, number: str, sku: str, at: datetime, closing: datetime, **line: Any) -> None:
        shop = SHOPS_OF[0]
        given = {
            "shop": shop, "clerk": CLERKS[shop], "member": number, "presented": "phone", "at": at.isoformat(),
            "lines": [{"sku": sku, "quantity": 1, **line}],
        }  # fmt: skip
        checkout.commit_sale(
            actor=told.actor, at=max(at, closing), given=read(SaleInput, given), key=f"ll-pass-{at:%m%d}"
        )

    def _swap(self, told: Told, at: datetime, closing: datetime) -> None:
        """The last holder takes the large card for her family card."""
        number, _ = self.sold[-1]
        held = next(each for each in queries.packages(told.actor, number, closing) if each.name == "family")
        self._sell(told, number, "FAMILY-PLUS", at, closing, swaps=held.code)
        self.sold[-1] = (number, "FAMILY-PLUS")
