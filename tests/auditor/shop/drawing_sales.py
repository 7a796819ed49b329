"""Sales with coupons, points and stored value; top-ups and refunds; what comes back."""

from __future__ import annotations

from tests.auditor.model.shop.people import Buyer, Sold
from tests.auditor.model.shop.selling import bill, parted
from tests.auditor.model.shop.wallet import most
from tests.auditor.shop.drawing import Command
from tests.auditor.shop.drawing_coupons import ORDERS, Coupons
from tests.auditor.shop.drawing_packages import Packages

PINS = ("482913", "730158", "730185", "111111", "345678")


class Sales(Coupons, Packages):
    """What is done at the till."""

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

    # ── sales ──

    def _sell(self) -> Command:
        label = self._label("s")
        return {"do": "sell", "as": label, "key": f"k-{label}", "given": self._asked()}

    def _batch(self) -> Command:
        sales = [self._sell() for _ in range(self.dice.randint(*self._one(self.sizes)))]
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
            if self.dice.random() < 0.6:
                given["pin"] = self._pin(member)
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

    def _pin(self, member: Buyer) -> str:
        """Mostly her own."""
        return member.pin if member.pin and self.dice.random() < 0.75 else self.dice.choice(PINS)

    def _set_pin(self) -> Command:
        return {"do": "set_pin", "given": {"member": self._member().label, "pin": self.dice.choice(PINS)}}

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
