"""Orders, stock, lists and auctions."""

from __future__ import annotations

from datetime import timedelta

from tests.auditor.shop.drawing import Command, Drawing


class MallDeeds(Drawing):
    """What is done in the mall."""

    def _order(self) -> Command:
        member = self._member()
        mall = self.books.mall
        offered = [w.item for w in mall.waits if w.member == member.label and w.state == "offered"]
        there = [code for code, left in mall.stock.items() if left]
        pool = offered if offered and self.dice.random() < 0.5 else there
        item = self.dice.choice(pool if pool and self.dice.random() < 0.85 else list(mall.things))
        given: Command = {"member": member.label, "item": item, "quantity": self._one({1: 7, 2: 2, 3: 1})}
        if mall.things[item].mixed and self.dice.random() < 0.7:
            worth = mall.things[item].worth * given["quantity"]
            given["points"] = self.dice.choice(
                (worth * 3 // 10, worth * 3 // 10 + 1, worth * 8 // 10, worth // 2, worth)
            )
        return self._named("order", "d", given)

    def _move_order(self) -> Command | None:
        mall = self.books.mall
        live = [o for o in mall.orders.values() if o.state in ("placed", "prepared", "sent", "received")]
        pool = live if live and self.dice.random() < 0.93 else list(mall.orders.values())
        if not pool:
            return None
        order = self.dice.choice(pool[-8:])
        next_one = {"placed": "prepare", "prepared": "send", "sent": "receive", "received": "return_order"}
        deed = next_one.get(order.state, "cancel")
        if order.due and self.dice.random() < 0.6:
            deed = "pay"
        elif self.dice.random() < 0.3:
            deed = self.dice.choice(("pay", "prepare", "send", "receive", "cancel", "cancel", "return_order"))
        given: Command = {"order": order.label, "deed": deed}
        if deed == "pay":
            given["amount"] = max(1, order.due + self._one({0: 8, 1: 1}))
        return self._named("move_order", "a", given)

    def _stock(self) -> Command:
        item = self.dice.choice(list(self.books.mall.things))
        return self._named("stock", "a", {"item": item, "pieces": self._one({1: 5, 2: 3, 4: 2, -1: 1})})

    def _wait(self) -> Command:
        mall = self.books.mall
        out = [code for code, left in mall.stock.items() if not left]
        item = self.dice.choice(out if out and self.dice.random() < 0.85 else list(mall.things))
        return self._named("wait", "a", {"member": self._member().label, "item": item})

    def _leave(self) -> Command:
        waits = [w for w in self.books.mall.waits if w.state in ("waiting", "offered")]
        member, item = self._member().label, self.dice.choice(list(self.books.mall.things))
        if waits and self.dice.random() < 0.8:
            chosen = self.dice.choice(waits)
            member, item = chosen.member, chosen.item
        return self._named("leave", "a", {"member": member, "item": item})

    def _auction(self) -> Command | None:
        there = [code for code, left in self.books.mall.stock.items() if left]
        if not there and self.dice.random() < 0.8:
            return None
        item = self.dice.choice(there or list(self.books.mall.things))
        opens = self.now + timedelta(hours=self.dice.choice((0, 0, 0, 3)))
        closes = opens + timedelta(hours=self.dice.choice((2, 30, 200, 1000)))
        given = {"item": item, "reserve": self.dice.choice((1, 30, 100)), "opens": opens, "closes": closes}
        return self._named("auction", "q", given)

    def _bid(self) -> Command | None:
        auctions = [each for each in self.books.mall.auctions.values() if each.state == "open"]
        over = self.dice.random() < 0.06
        pool = list(self.books.mall.auctions.values()) if over else auctions
        if not pool:
            return None
        auction, member = self.dice.choice(pool[-3:]), self._member()
        least = auction.bids[-1][1] + self.books.terms.mall.step if auction.bids else auction.reserve
        free = member.free("points", self.now)
        points = max(1, self.dice.choice((least, least, least + 7, least - 1, free, free + 1, free // 2)))
        return self._named("bid", "a", {"auction": auction.label, "member": member.label, "points": points})
