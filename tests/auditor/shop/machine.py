"""The shop's machine of commands: seeded, it looks at the model to ask for what is interesting."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from tests.auditor.model.days import next_month
from tests.auditor.model.shop.books import ShopBooks
from tests.auditor.model.shop.coupons import Coupon
from tests.auditor.model.shop.packages import Package
from tests.auditor.model.shop.people import NEVER, UNITS, Buyer, Sold
from tests.auditor.model.shop.selling import bill, parted
from tests.auditor.model.shop.wallet import most

Command = dict[str, Any]
FIRST = datetime(2025, 3, 1, 10)
WEIGHTS = {
    "sell": 34, "batch": 4, "again": 5, "give_back": 20, "preview": 3, "void": 4, "enrol": 2, "night": 4,
    "top_up": 12, "refund": 8, "preview_refund": 2,
    "claim": 8, "hand_out": 3, "accept_reserved": 1, "lock": 3, "release": 1, "give": 3, "accept": 3, "take_back": 1,
    "revoke": 1, "use": 20, "undo_use": 4, "transfer": 2,
    "order": 12, "move_order": 14, "stock": 6, "wait": 5, "leave": 1, "auction": 2, "bid": 9,
}  # fmt: skip
KEPT = (
    "sell",
    "give_back",
    "void",
    "top_up",
    "refund",
    "claim",
    "give",
    "accept",
    "lock",
    "use",
    "transfer",
    "order",
    "move_order",
    "bid",
)
THINGS = ("cup", "cup", "cup", "play", "wash", "wash", "bake", "bake", "sew", "feast", "feast", "cut")
ORDERS = ("o-one", "o-two")


class ShopMachine:
    """Draws the next command. `crowd` is how many members there will be."""

    def __init__(self, seed: int, books: ShopBooks, crowd: int = 4) -> None:
        self.dice, self.books, self.crowd = random.Random(seed), books, crowd
        self.now, self.count = FIRST, 0
        self.past: list[Command] = []
        self.theme: Buyer | None = None  # whose turn it is

    def next(self) -> Command:
        self.now = max(self.now, self._later())
        members = self.books.members
        if members and self.dice.random() < 0.15:
            self.theme = self.dice.choice(list(members.values()))
        deed = "enrol" if len(members) < 2 else self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if deed == "enrol" and len(members) >= self.crowd:
            deed = "sell"
        made: Command | None = getattr(self, f"_{deed}")()
        command = made or self._sell()
        command.setdefault("now", self.now)
        if command["do"] in KEPT:
            self.past = [*self.past[-30:], command]
        return command

    def _label(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

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

    def _enrol(self) -> Command:
        return {"do": "enrol", "as": self._label("m"), "given": {}}

    def _night(self) -> Command:
        return {"do": "night"}

    def _again(self) -> Command | None:
        """A command once more under its key: as it was, or with another body."""
        if not self.past:
            return None
        old = self.dice.choice(self.past)
        command = {**old, "now": self.now, "as": self._label("x")}
        if self.dice.random() < 0.3 and old["do"] == "sell":
            command["given"] = {**old["given"], "lines": self._lines()}
        elif self.dice.random() < 0.3 and old["do"] == "top_up":
            command["given"] = {**old["given"], "amount": old["given"]["amount"] + 50}
        return command

    # ── stored value ──

    def _top_up(self) -> Command:
        member, rule = self._member(), self.books.terms.top_ups
        room = rule.most_held - member.has("principal", self.now)
        grades = [pay for ladder in rule.ladders for pay, _ in ladder.grades]
        amount = self.dice.choice(
            (*grades, *grades, 600_00, 350_00, rule.minimum, rule.opening, rule.maximum, rule.maximum + 50,
             rule.opening - 50, 333_33, max(50, room // 50 * 50), max(50, room // 50 * 50 + 50), 50)
        )  # fmt: skip
        given: Command = {"member": member.label, "amount": amount}
        if self.dice.random() < 0.2:
            part, wrong = amount // 3, self.dice.choice((0, 0, 0, 1))
            given["tenders"] = [{"means": "cash", "amount": part}, {"means": "card", "amount": amount - part + wrong}]
        label = self._label("t")
        return {"do": "top_up", "as": label, "key": f"k-{label}", "given": given}

    def _refund(self) -> Command | None:
        given = self._refunding()
        return given and {"do": "refund", "as": (label := self._label("b")), "key": f"k-{label}", "given": given}

    def _preview_refund(self) -> Command | None:
        given = self._refunding()
        return given and {"do": "preview_refund", "given": given}

    def _refunding(self) -> Command | None:
        top_ups = list(self.books.top_ups.values())
        if not top_ups:
            return None
        hers = [each for each in top_ups if self.theme and each.member == self.theme.label]
        full = [each for each in hers if self.books.members[each.member].purses["principal"].lots[each.lot].left]
        chosen = self.dice.choice(full or hers or top_ups) if self.dice.random() < 0.7 else self.dice.choice(top_ups)
        return {"top_up": chosen.label}

    # ── coupons ──

    def _named(self, do: str, kind: str, given: Command) -> Command:
        label = self._label(kind)
        return {"do": do, "as": label, "key": f"k-{label}", "given": given}

    def _claim(self) -> Command:
        name = self.dice.choice(list(self.books.terms.products))
        return self._named("claim", "c", {"member": self._member().label, "coupon": name})

    def _hand_out(self) -> Command:
        name = self.dice.choice(list(self.books.terms.products))
        given: Command = {"member": self._member().label, "coupon": name}
        if self.dice.random() < 0.5:
            given["until"] = self.now + timedelta(hours=self.dice.randint(1, 50))
        return self._named("hand_out", "c", given)

    def _coupon(self, *states: str) -> tuple[str, Coupon] | None:
        """One of hers, mostly in one of these states; now and then somebody else's name with it."""
        member = self._member()
        hers = [each for each in self.books.coupons.values() if each.owner == member.label]
        wanted = [each for each in hers if each.state(self.now) in states]
        if not wanted and self.dice.random() < 0.6:
            return None
        pool = wanted if wanted and self.dice.random() < 0.9 else hers
        if not pool:
            return None
        owner = member if self.dice.random() < 0.96 else self.dice.choice(list(self.books.members.values()))
        return owner.label, self.dice.choice(pool[-6:])

    def _on_one(self, do: str, kind: str, *states: str) -> Command | None:
        found = self._coupon(*states)
        return found and self._named(do, kind, {"member": found[0], "coupon": found[1].label})

    def _accept_reserved(self) -> Command | None:
        return self._on_one("accept_reserved", "a", "reserved", "lapsed")

    def _give(self) -> Command | None:
        return self._on_one("give", "g", "ready")

    def _take_back(self) -> Command | None:
        return self._on_one("take_back", "a", "given")

    def _revoke(self) -> Command | None:
        return self._on_one("revoke", "a", "ready", "locked", "reserved", "given", "used")

    def _lock(self) -> Command | None:
        found = self._coupon("ready", "locked")
        if found is None:
            return None
        labels = [found[1].label]
        more = self._coupon("ready") if self.dice.random() < 0.3 else None
        labels += [more[1].label] if more and more[0] == found[0] else []
        given = {
            "member": found[0], "coupons": labels, "order": self.dice.choice(ORDERS),
            "minutes": self.dice.choice((1, 15, 600, 1440)),
        }  # fmt: skip
        return self._named("lock", "l", given)

    def _release(self) -> Command:
        return self._named("release", "a", {"member": self._member().label, "order": self.dice.choice(ORDERS)})

    def _accept(self) -> Command | None:
        gifts = list(self.books.gifts)
        if not gifts:
            return None
        gift = self.dice.choice(gifts[-2:] if self.dice.random() < 0.8 else gifts)
        owner = self.books.coupons[self.books.gifts[gift]].owner
        others = [each.label for each in self.books.members.values() if each.label != owner]
        friend = self.dice.choice(others) if self.dice.random() < 0.93 else owner
        return self._named("accept", "c", {"member": friend, "gift": gift})

    # ── packages ──

    def _package(self, *, good: float = 0.85) -> Package | None:
        """One she has or had, mostly one that is not over."""
        member = self._member().label
        held = [each for each in self.books.packages if each.owner == member]
        open_ones = [each for each in held if not each.over(self.now)]
        if not open_ones and self.dice.random() < 0.7:
            return None
        pool = open_ones if open_ones and self.dice.random() < good else held
        return self.dice.choice(pool) if pool else None

    def _use(self) -> Command | None:
        package = self._package()
        if package is None and self.dice.random() < 0.9:
            return None
        member = package.owner if package else self._member().label
        own = [item for each in package.kind.allowances for item in each.items] if package else []
        item = self.dice.choice(own) if own and self.dice.random() < 0.8 else self.dice.choice(THINGS)
        given: Command = {
            "member": member, "item": item, "quantity": self._one({1: 8, 2: 2, 3: 1}),
        }  # fmt: skip
        if package and self.dice.random() < 0.3:
            given["package"] = package.label
            given["member"] = member if self.dice.random() < 0.9 else self._member().label
        return self._named("use", "u", given)

    def _undo_use(self) -> Command | None:
        uses = list(self.books.used.items())
        if not uses:
            return None
        label, package = self.dice.choice(uses[-8:] if self.dice.random() < 0.8 else uses)
        return self._named("undo_use", "a", {"member": package.owner, "package": package.label, "use": label})

    def _transfer(self) -> Command | None:
        package = self._package()
        others = [label for label in self.books.members if package and label != package.owner]
        if package is None or not others:
            return None
        to = self.dice.choice(others)
        return self._named("transfer", "a", {"member": package.owner, "package": package.label, "to": to})

    def _pieces(self, member: str) -> list[Command]:
        """A package, two of them, or one handed in for a larger one."""
        line: Command = {"sku": self._one({"PASS": 4, "FAMILY": 4, "LARGE": 2}), "quantity": self._one({1: 6, 2: 1})}
        held = [each for each in self.books.packages if each.owner == member]
        if held and self.dice.random() < 0.45:
            fitting = [each for each in held if each.kind.swap_clause and not each.over(self.now)]
            old = self.dice.choice(fitting if fitting and self.dice.random() < 0.85 else held)
            line = {"sku": self._one({"LARGE": 9, "FAMILY": 1}), "quantity": 1, "swaps": old.label}
        return [line]

    # ── the mall ──

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
        return self._named("stock", "a", {"item": item, "pieces": self._one({1: 5, 2: 3, 4: 1, -1: 1})})

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
        pool = auctions if auctions and self.dice.random() < 0.95 else list(self.books.mall.auctions.values())
        if not pool:
            return None
        auction, member = self.dice.choice(pool[-3:]), self._member()
        least = auction.bids[-1][1] + self.books.terms.mall.step if auction.bids else auction.reserve
        free = member.free("points", self.now)
        points = max(1, self.dice.choice((least, least, least + 7, least - 1, free, free + 1, free // 2)))
        return self._named("bid", "a", {"auction": auction.label, "member": member.label, "points": points})

    # ── sales ──

    def _sell(self) -> Command:
        label = self._label("s")
        return {"do": "sell", "as": label, "key": f"k-{label}", "given": self._asked()}

    def _batch(self) -> Command:
        sales = [self._sell() for _ in range(self.dice.randint(2, 5))]
        if self.dice.random() < 0.4:  # the same slip sent twice
            sales.append({**sales[0]})
        return {"do": "batch", "given": {"sales": sales}}

    def _asked(self) -> Command:
        given: Command = {"lines": self._lines()}
        if self.dice.random() < 0.05:
            if self.dice.random() < 0.3:
                given["points"] = 5
            return given
        member = self._member()
        given["member"] = member.label
        if self.dice.random() < 0.16:
            given["lines"] += self._pieces(member.label)
        if self.dice.random() < 0.3:
            has = member.free("points", self.now)
            given["points"] = max(0, self.dice.choice((has, has // 2, has // 3, 7, has + 1)))
        if self.dice.random() < 0.5:
            given |= self._vouchers(member)
            self._fit(given)
        if self.dice.random() < 0.75:
            given["tenders"] = self._tenders(member, given)
        return {name: value for name, value in given.items() if value}

    def _vouchers(self, member: Buyer) -> Command:
        """Mostly what is good now, and goods that go with it; a locked one with its order or without."""
        hers = [each for each in self.books.coupons.values() if each.owner == member.label]
        good = [each for each in hers if each.state(self.now) in ("ready", "locked")]
        pool = good if good and self.dice.random() < 0.92 else hers
        picked = self.dice.sample(pool, min(len(pool), self._one({1: 5, 2: 2, 3: 1})))
        told: Command = {"vouchers": [each.label for each in picked]}
        orders = [each.mark.by for each in picked if each.barred(self.now) == "locked"]
        if orders and self.dice.random() < 0.8:
            told["hold"] = orders[0]
        elif self.dice.random() < 0.05:
            told["hold"] = self.dice.choice(ORDERS)
        return told

    def _fit(self, given: Command) -> None:
        """Mostly with goods of the coupons."""
        for label in given["vouchers"]:
            product = self.books.coupons[label].product
            fitting = [
                sku for sku, (category, _) in self.books.goods.items()
                if product.category in (None, category) and product.sku in (None, sku)
            ]  # fmt: skip
            if self.dice.random() < 0.7:
                given["lines"] = [
                    *given["lines"],
                    {"sku": self.dice.choice(fitting), "quantity": self._one({1: 3, 2: 1, 3: 1})},
                ]

    def _tenders(self, member: Buyer, given: Command) -> list[Command]:
        """Stored value for all it can pay, a part, a fen too much; the rest in money."""
        items = self.books.items(given)
        _, due, _ = self.books.on_coupons(member, self.now, given, items)
        made = bill(due, given.get("points", 0), self.books.terms)
        can = most(member.stored(self.now), made.due, parted(items, made, self.books.terms)[0])
        asked = self.dice.choice(
            (can, can, can, can // 2, can // 3, min(can, 4999), can + 1, self.dice.randint(0, can))
        )
        rest = max(0, made.due - asked) + self._one({0: 12, 1: 1})
        parts = [("wallet", asked), ("cash", rest // 2), ("wechat", rest - rest // 2)]
        return [{"means": means, "amount": amount} for means, amount in parts if amount]

    def _lines(self) -> list[Command]:
        skus = list(self.books.goods)
        picked = [self.dice.choice(skus) for _ in range(self._one({1: 4, 2: 4, 3: 3, 4: 1}))]
        return [{"sku": sku, "quantity": self._one({1: 6, 2: 3, 3: 2, 7: 1})} for sku in picked]

    # ── what comes back ──

    def _sale(self) -> Sold | None:
        sales = list(self.books.sales.values())
        hers = [sale for sale in sales[-60:] if self.theme and sale.member == self.theme.label]
        wanted = self._one({"hers": 6, "last": 4, "any": 1})
        found = {"hers": hers, "last": sales[-10:], "any": sales}[wanted] or sales
        found = [sale for sale in found if any(sale.kept) or self.dice.random() < 0.1] or found
        return self.dice.choice(found) if found else None

    def _give_back(self) -> Command | None:
        sale = self._sale()
        if sale is None:
            return None
        given: Command = {"sale": sale.label}
        if self.dice.random() < 0.75:
            given["lines"] = self._some(sale)
        if self.dice.random() < 0.6:
            given["settle"] = {"way": "cash"}
        return {"do": "give_back", "as": (label := self._label("r")), "key": f"k-{label}", "given": given}

    def _some(self, sale: Sold) -> list[Command]:
        left = [n for n, pieces in enumerate(sale.kept, 1) if pieces] or [1]
        lines = self.dice.sample(left, self.dice.randint(1, len(left)))
        picked = [{"line": n, "quantity": self.dice.randint(1, max(1, sale.kept[n - 1]))} for n in lines]
        if self.dice.random() < 0.04:
            picked[0] = self.dice.choice(({"line": 99, "quantity": 1}, {"line": lines[0], "quantity": 8}))
        return picked

    def _preview(self) -> Command | None:
        command = self._give_back()
        if command is None:
            return None
        command["given"].pop("settle", None)
        return {"do": "preview", "given": command["given"]}

    def _void(self) -> Command | None:
        today = [sale for sale in self.books.sales.values() if sale.at.date() == self.now.date()]
        sale = self.dice.choice(today) if today and self.dice.random() < 0.8 else self._sale()
        label = self._label("v")
        return sale and {"do": "void", "as": label, "key": f"k-{label}", "given": {"sale": sale.label}}
