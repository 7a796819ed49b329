"""The mall's commands through the product's operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.rewards import inputs
from huiguan.rewards import operations as rewards
from huiguan.rewards import queries as shelves
from huiguan.rewards.values import OrderView
from tests.auditor.house import FOUNDED, Given, here, there, yuan
from tests.auditor.model.answers import Expected
from tests.auditor.model.shop.mall import Thing

DEEDS = {
    "pay": (rewards.pay_order, inputs.PayOrder), "prepare": (rewards.prepare_order, inputs.PrepareOrder),
    "send": (rewards.send_order, inputs.SendOrder), "receive": (rewards.receive_order, inputs.ReceiveOrder),
    "cancel": (rewards.cancel_order, inputs.EndOrder), "return_order": (rewards.return_order, inputs.EndOrder),
}  # fmt: skip
WORDS: dict[str, Given] = {
    "receive": {"signed": "李梅"},
    "cancel": {"why": "不要了"},
    "return_order": {"why": "不合用"},
}


class MallSide:
    """What a house does in its mall; orders and auctions go by labels."""

    actor: Actor
    numbers: dict[str, str]

    def furnish(self, things: dict[str, Thing]) -> None:
        self.orders: dict[str, str] = {}
        self.asked_at: datetime | None = None
        at = there(FOUNDED)
        for zone in sorted({thing.zone for thing in things.values()}):
            rewards.keep_zone(
                actor=self.actor, at=at, given=read(inputs.KeepZone, {"code": zone, "zh": zone, "en": zone})
            )
        for code, thing in things.items():
            asked = {
                "code": code, "zh": code, "en": code, "zone": thing.zone, "points": thing.points, "mixed": thing.mixed,
                "cash": yuan(thing.cash), "worth": yuan(thing.worth), "most": thing.most,
            }  # fmt: skip
            rewards.keep_item(actor=self.actor, at=at, given=read(inputs.KeepItem, asked))

    def fall_due(self, now: datetime) -> None:
        """The worker asks every minute; here, whenever the clock has moved."""
        if self.asked_at != now:
            rewards.run_due(programme=self.actor.programme, at=now)
            self.asked_at = now

    def order(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {**given, "member": self.numbers[given["member"]], "way": "delivery"}
        made = rewards.place_order(actor=self.actor, at=now, given=read(inputs.PlaceOrder, asked), key=command["key"])
        self.orders.setdefault(command["as"], made.number)
        return Expected({
            "points": made.points, "cash": made.cash, "owed": made.owed, "state": made.state,
            "until": here(made.pay_until), "balance": made.balance.get("points", 0),
        })  # fmt: skip

    def move_order(self, now: datetime, given: Given, command: Given) -> Expected:
        deed, (operation, record) = given["deed"], DEEDS[given["deed"]]
        asked: Given = {"order": self.number_of(given["order"]), **WORDS.get(deed, {})}
        if deed == "pay":
            asked["tender"] = {"means": "card", "amount": yuan(given["amount"])}
        done: Any = operation
        made: OrderView = done(actor=self.actor, at=now, given=read(record, asked), key=command["key"])
        return Expected({"state": made.state, "owed": made.owed})

    def number_of(self, label: str) -> str:
        """Of what was won the auction knows it."""
        if label.endswith(".won"):
            return shelves.auction(self.actor, label.removesuffix(".won"), there(datetime(2100, 1, 1))).order or "DH0"
        return self.orders.get(label, "DH0")

    def stock(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(inputs.StockInput, {**given, "why": "盘点"})
        rewards.move_stock(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({})

    def wait(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(inputs.JoinWaitList, {**given, "member": self.numbers[given["member"]]})
        made = rewards.join_wait_list(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({"state": made.state})

    def leave(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(inputs.JoinWaitList, {**given, "member": self.numbers[given["member"]]})
        made = rewards.leave_wait_list(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({"state": made.state})

    def auction(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = {
            "code": command["as"], "item": given["item"], "reserve": given["reserve"],
            "opens": given["opens"].isoformat(), "closes": given["closes"].isoformat(),
        }  # fmt: skip
        rewards.open_auction(actor=self.actor, at=now, given=read(inputs.OpenAuction, asked), key=command["key"])
        return Expected({})

    def bid(self, now: datetime, given: Given, command: Given) -> Expected:
        asked = read(inputs.PlaceBid, {**given, "member": self.numbers[given["member"]]})
        made = rewards.place_bid(actor=self.actor, at=now, given=asked, key=command["key"])
        return Expected({"leading": made.leading, "bids": made.bids})
