"""The shop's model: every command in, what must come of it out; and what must be read afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.auditor.model.answers import Expected, Refused, answer, refused, worst
from tests.auditor.model.shop import coupons, mall, packages, returning, storing
from tests.auditor.model.shop.coupons import Coupon, Taken
from tests.auditor.model.shop.days import months_later
from tests.auditor.model.shop.packages import Package
from tests.auditor.model.shop.people import Buyer, Item, Sold, TopUp
from tests.auditor.model.shop.selling import Bill, amounts, bill, earned, less, parted, paying_refusals, wallet_of
from tests.auditor.model.shop.terms import Terms
from tests.auditor.model.shop.wallet import Parts, split, wallet_told

Given = dict[str, Any]
NO_WALLET = {"principal": 0, "bonus": 0, "left": (0, 0)}


class ShopBooks:
    """One shop. Members, sales and top-ups go by labels."""

    def __init__(self, terms: Terms, goods: dict[str, tuple[str, int]], things: dict[str, mall.Thing]) -> None:
        self.terms, self.goods = terms, goods  # of each SKU its category and price
        self.mall = mall.Mall(things)
        self.members: dict[str, Buyer] = {}
        self.sales: dict[str, Sold] = {}
        self.top_ups: dict[str, TopUp] = {}
        self.coupons: dict[str, Coupon] = {}
        self.gifts: dict[str, str] = {}  # under which offer which coupon is on its way to a friend
        self.packages: list[Package] = []
        self.used: dict[str, Package] = {}  # which use was of which
        self.keys: dict[tuple[str, str], tuple[Given, Expected]] = {}

    def do(self, command: Given) -> Expected | list[Expected]:
        """What must come of a command; a refused one changes nothing. What fell due before it has been done."""
        mall.fall_due(self, command["now"])
        return getattr(self, command["do"])(command["now"], command.get("given", {}), command)

    def labels(self) -> set[str]:
        """All that a command may name."""
        makers = (
            self.members, self.sales, self.top_ups, self.coupons, self.gifts, self.used, self.mall.orders,
            self.mall.auctions,
        )  # fmt: skip
        return {label for each in makers for label in each} | {each.label for each in self.packages}

    def _once(self, scope: str, command: Given, made: Any) -> Expected:
        """Under a key the first answer again, and another input refused. A refusal leaves the key free."""
        key = command["key"]
        if (scope, key) in self.keys:
            given, first = self.keys[(scope, key)]
            asked = {name: value for name, value in command["given"].items() if name != "pin"}  # a proof is no term
            again = {"replayed": True} if scope.startswith("sold") else {}
            return (
                Expected({**(first.values or {}), **again})
                if {name: value for name, value in given.items() if name != "pin"} == asked
                else refused(Refused("KeyReused", "input"))
            )
        told: Expected = made()
        if told.values is not None:
            self.keys[(scope, key)] = (command["given"], told)
        return told

    # ── members ──

    def enrol(self, now: datetime, given: Given, command: Given) -> Expected:
        self.members[command["as"]] = Buyer(command["as"], now)
        return answer()

    def night(self, now: datetime, given: Given, command: Given) -> Expected:
        """Writes down what is due; it was true before."""
        return answer()

    def set_pin(self, now: datetime, given: Given, command: Given) -> Expected:
        """Six digits, not all alike and not in a row; a PIN that was shut is open again."""
        pin, member = given["pin"], self.members[given["member"]]
        if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
            return refused(Refused("PinTooWeak", "input"))
        member.pin, member.wrong = pin, 0
        return answer()

    # ── stored value ──

    def top_up(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"top up {given['member']}", command, lambda: storing.stored(self, now, given, command["as"]))

    def refund(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"refund {given['top_up']}", command, lambda: storing.refunded(self, now, given))

    def preview_refund(self, now: datetime, given: Given, command: Given) -> Expected:
        return storing.refunded(self, now, given, preview=True)

    # ── sales ──

    def sell(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"sold to {given.get('member')}", command, lambda: self._sold(now, given, command["as"]))

    def batch(self, now: datetime, given: Given, command: Given) -> list[Expected]:
        return [self.sell(now, each["given"], each) for each in given["sales"]]

    def _sold(self, now: datetime, given: Given, label: str) -> Expected:
        items = self.items(given)
        points, asked = given.get("points", 0), wallet_of(given)
        member = self.members.get(given.get("member", ""))
        if member is None:
            made = bill(amounts(items, [item.pieces for item in items]), points, self.terms)
            wanted = points or asked or given.get("vouchers")
            wrong = [Refused("NeedsMember", "input")] if wanted else []
            wrong += [Refused("NeedsMember", "input", self.terms.packages[i.sku].clause) for i in items if i.package]
            wrong = wrong or self._due(given, made, Parts())
            return refused(*wrong) if wrong else self._walked_in(now, label, items, made)
        against = self._handed_in(member, now, given)
        taken, due, found = self.on_coupons(member, now, given, items)
        made = bill(due, points, self.terms, [each.coupon for each in taken])
        found += against + self._against(member, now, made, points, asked, items)
        if found:
            return refused(*found)
        stored = split(self.terms.paying.order, asked, member.stored(now), parted(items, made, self.terms)[0])
        found = self._due(given, made, stored, member)
        if found:
            return refused(*found)
        packages.opened(self, member.label, label, given["lines"], now)
        return self._write(member, now, label, items, taken, made, stored)

    def items(self, given: Given) -> list[Item]:
        """The lines; of a package at its own price, less that of one handed in."""
        return [self._item(given.get("member", ""), line) for line in given["lines"]]

    def _item(self, member: str, line: Given) -> Item:
        kind = self.terms.packages.get(line["sku"])
        if kind is None:
            return Item(line["sku"], *self.goods[line["sku"]], line["quantity"])
        old = packages.hers(self, member, line["swaps"]) if "swaps" in line else None
        price = max(0, kind.price - (old.kind.price if old else 0))
        return Item(line["sku"], "package", price, line["quantity"], package=True)

    def _handed_in(self, member: Buyer, now: datetime, given: Given) -> list[Refused]:
        found: list[Refused] = []
        handed: set[str] = set()
        for line in given["lines"]:
            if "swaps" in line:
                found += packages.against_line(self, member.label, line, handed, now)
                handed.add(line["swaps"])
        return found

    def on_coupons(
        self, member: Buyer, now: datetime, given: Given, items: list[Item]
    ) -> tuple[list[Taken], list[int], list[Refused]]:
        """One after the other, in the order asked for; what is then due."""
        pieces = [item.pieces for item in items]
        due, taken, found = amounts(items, pieces), [], []
        for label in dict.fromkeys(given.get("vouchers", [])):
            coupon = coupons.hers(self, {"member": member.label, "coupon": label})
            if coupon is None:
                found.append(Refused("RightNotHeld", "existence", self.terms.offset_clause))
                continue
            wrong = coupons.against_sale(self, coupon, given, items, now, taken, due)
            if wrong:
                found.append(worst(wrong))
                continue
            offs = coupons.off(coupon.product, items, pieces, due)
            due = less(due, offs)
            taken.append(Taken(coupon, offs))
        return taken, due, found

    def _against(
        self, member: Buyer, now: datetime, made: Bill, points: int, asked: int, items: list[Item]
    ) -> list[Refused]:
        found = []
        if points > made.before_points // self.terms.offset_worth:
            found.append(Refused("MoreThanDue", "limit", self.terms.offset_clause))
        if points > member.free("points", now):
            found.append(Refused("BalanceTooLow", "balance", self.terms.offset_clause))
        if found:  # points that may not be used leave more to pay
            made = bill(made.after_coupons, 0, self.terms)
        if asked:
            stored = member.stored(now)
            found += paying_refusals(asked, stored, made, parted(items, made, self.terms)[0], self.terms)
        return found

    def _due(self, given: Given, made: Bill, stored: Parts, member: Buyer | None = None) -> list[Refused]:
        """What the tenders come to, then whether she proves herself."""
        paying = self.terms.paying
        if given.get("tenders") and sum(each["amount"] for each in given["tenders"]) != made.due:
            return [Refused("TendersDiffer", "input")]
        if stored.total <= paying.proof_above or member is None:
            return []
        if not given.get("pin"):
            return [Refused("ProofNeeded", "credential", paying.proof_clause)]
        wrong = member.tried(given["pin"])
        return [Refused(wrong, "credential")] if wrong else []

    def _walked_in(self, now: datetime, label: str, items: list[Item], made: Bill) -> Expected:
        pieces, due = [item.pieces for item in items], parted(items, made, self.terms)
        self.sales[label] = Sold(label, None, now, items, pieces, 0, [], due, Parts(), {})
        return answer(paid=made.due, lines=list(made.lines), member=None, earned=0, used=0, balance=0,
                      wallet=NO_WALLET, replayed=False)  # fmt: skip

    def _write(
        self,
        member: Buyer,
        now: datetime,
        label: str,
        items: list[Item],
        taken: list[Taken],
        made: Bill,
        stored: Parts,
    ) -> Expected:
        due = parted(items, made, self.terms)
        sale = Sold(
            label, member.label, now, items, [item.pieces for item in items], made.points, taken, due, stored, {}
        )
        for unit, amount in (("points", made.points), ("principal", stored.principal), ("bonus", stored.bonus)):
            sale.taken[unit] = member.spend_of(unit, amount, now)
        for each in taken:
            each.coupon.used = now
        gets = earned(made, stored, self.terms)
        if gets:
            dies = months_later(now, self.terms.points_months)
            sale.lot = member.purses["points"].open(gets, now, dies, now)
        member.spend[now.date()] += made.due
        member.visits[now.date()] += 1
        self.sales[label] = sale
        return answer(
            paid=made.due, lines=list(made.lines), member=member.label, earned=gets, used=made.points,
            balance=member.free("points", now), wallet=wallet_told(stored, member.stored(now)), replayed=False,
        )  # fmt: skip

    # ── coupons ──

    def claim(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("claim", command, lambda: coupons.claimed(self, now, given, command["as"]))

    def hand_out(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("hand out", command, lambda: coupons.handed_out(self, now, given, command["as"]))

    def accept_reserved(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("reserved", command, lambda: coupons.accepted_reserved(self, now, given))

    def lock(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("lock", command, lambda: coupons.locked(self, now, given))

    def release(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("release", command, lambda: coupons.released(self, now, given))

    def give(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("give", command, lambda: coupons.given_away(self, now, given, command["as"]))

    def accept(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("accept", command, lambda: coupons.accepted(self, now, given, command["as"]))

    def take_back(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("take back", command, lambda: coupons.taken_back(self, now, given))

    def revoke(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("revoke", command, lambda: coupons.revoked(self, now, given))

    # ── packages ──

    def use(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("use", command, lambda: packages.used(self, now, given, command["as"]))

    def undo_use(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("undo", command, lambda: packages.undone(self, now, given))

    def transfer(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("transfer", command, lambda: packages.transferred(self, now, given))

    # ── the mall ──

    def order(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("order", command, lambda: mall.ordered(self, now, given, command["as"]))

    def move_order(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(given["deed"], command, lambda: mall.moved(self, now, given, given["deed"]))

    def stock(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("stock", command, lambda: mall.stocked(self, now, given))

    def wait(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("wait", command, lambda: mall.waited(self, now, given))

    def leave(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("leave", command, lambda: mall.left_list(self, now, given))

    def auction(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("auction", command, lambda: mall.put_up(self, now, given, command["as"]))

    def bid(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once("bid", command, lambda: mall.bid(self, now, given))

    # ── what comes back ──

    def give_back(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"return {given['sale']}", command, lambda: returning.returned(self, now, given))

    def preview(self, now: datetime, given: Given, command: Given) -> Expected:
        return returning.returned(self, now, given, preview=True)

    def void(self, now: datetime, given: Given, command: Given) -> Expected:
        return self._once(f"void {given['sale']}", command, lambda: returning.voided(self, now, given))
