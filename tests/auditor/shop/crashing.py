"""The shop's till over HTTP, while processes are killed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.auditor.crashing import HISTORY, SIZES, Side, Wire, refused_over
from tests.auditor.house import Given, fen
from tests.auditor.model.answers import Expected
from tests.auditor.model.shop.people import Buyer
from tests.auditor.shop.drawing import Command
from tests.auditor.shop.house import ShopHouse
from tests.auditor.shop.machine import ShopMachine
from tests.auditor.shop.running import ShopAudit

WEIGHTS = {"sell": 30, "batch": 10, "again": 8, "give_back": 14, "top_up": 12, "refund": 6, "claim": 6}
DATED = ("sell", "give_back", "top_up")  # what bears its own moment


class ShopTill(ShopMachine):
    """The machine at the till of a running installation, at the clock there."""

    def __init__(self, seed: int, audit: ShopAudit, clock: Callable[[], datetime]) -> None:
        super().__init__(seed, audit.books)
        self.weights, self.sizes, self.clock = WEIGHTS, SIZES, clock
        self.now = clock()
        self.count = 100_000  # labels of its own
        self.held: dict[str, datetime] = dict.fromkeys(
            self.books.coupons, self.now
        )  # from when each coupon is surely held

    def next(self) -> Command:
        for label in self.books.coupons:  # claimed at the moment of the clock over there, which is ahead of this one
            self.held.setdefault(label, self.clock() + timedelta(seconds=3))
        command = super().next()
        for each in command["given"]["sales"] if command["do"] == "batch" else [command]:
            each["given"].pop("pin", None)  # the house over there hashes PINs otherwise
            if each["do"] in DATED and "at" not in each["given"]:
                each["given"]["at"] = self.now.isoformat()
        return command

    def _vouchers(self, member: Buyer) -> Command:
        told = super()._vouchers(member)
        return {**told, "vouchers": [label for label in told["vouchers"] if self.held[label] <= self.now]}

    def _later(self) -> datetime:
        return self.clock()

    def _pieces(self, member: str) -> list[Command]:
        """Bought; which code is which is read beside the till only in a house that nobody kills."""
        return [{"sku": "PASS", "quantity": self._one({1: 3, 2: 1})}]


class ShopServed(Wire, ShopHouse):
    """A shop reached over HTTP."""

    def do(self, command: Given) -> Any:
        given, do = command["given"], command["do"]
        if do == "batch":
            answers = self.post_batch(command, [self._row(each["given"]) for each in given["sales"]])
            return [self._made("sell", *each) for each in zip(given["sales"], *zip(*answers, strict=True), strict=True)]
        status, told = self.post(*self._request(do, given), command["key"])
        return self._made(do, command, status, told)

    def _row(self, given: Given) -> Given:
        return {**self._asked(given), "at": given["at"]}

    def _request(self, do: str, given: Given) -> tuple[str, Given]:
        if do == "sell":
            return "sales", self._row(given)
        if do == "give_back":
            rest = {name: value for name, value in given.items() if name != "sale"}
            return f"sales/{self.sales[given['sale']]}/returns", rest
        if do == "refund":
            return f"top-ups/{self.top_ups[given['top_up']]}/refunds", {}
        asked = {**given, "member": self.numbers[given["member"]], "shop": "S1"}
        if do == "top_up":
            asked |= {"amount": f"{given['amount'] // 100}.{given['amount'] % 100:02d}"}
            asked["tenders"] = [
                {**each, "amount": f"{each['amount'] // 100}.{each['amount'] % 100:02d}"}
                for each in given.get("tenders", [])
            ]
            return "top-ups", asked
        return "coupon-claims", asked

    def _made(self, do: str, command: Command, status: int, told: Given) -> Expected:
        if status >= 300:
            return refused_over(told)
        if do == "sell":
            self.sales.setdefault(command["as"], told["id"])
            return Expected({"paid": fen(told["paid"])})
        if do == "top_up":
            self.top_ups.setdefault(command["as"], told["id"])
            return Expected({"paid": fen(told["paid"]), "bonus": fen(told["bonus"])})
        if do == "claim":
            self.coupons.setdefault(command["as"], told["code"])
            return Expected({"state": told["state"]})
        return Expected({"refund": fen(told["refund"])})


def _lived(seed: int) -> ShopAudit:
    """A shop with members and a past."""
    audit = ShopAudit(seed)
    machine = audit.machine(seed)
    while len(audit.log) < HISTORY:
        audit.step(machine.next())
    return audit


SHOP = Side(_lived, ShopTill, ShopServed)
