"""The machine in busy hours: sales come by the hundred and are answered together; in between, everything else."""

from __future__ import annotations

from tests.auditor.machine import Command, Machine
from tests.auditor.model.books import Books
from tests.auditor.model.people import Member

CROWD = 120  # members of a house, who come one after the other
FIRST_COME = 40  # before the first sales
WEIGHTS = {
    "batch": 38, "sell": 4, "quote": 3, "again": 4, "give_back": 13, "preview": 2, "void": 6, "redeem": 10,
    "return_gift": 4, "enrol": 12, "lose": 3, "replace": 2, "suspend": 2, "restore": 2, "opening": 3, "night": 2,
    "price": 2, "stranger": 1, "merge": 2, "unmerge": 2,
}  # fmt: skip
SIZES = {(1, 8): 5, (9, 64): 6, (65, 128): 4, (129, 400): 5}  # a few sales, a till's hour, a shop's day
SLIPS = 300  # of the last sales, what may be sent in once more


class Rush(Machine):
    """Draws the next command; a batch is as many commands as it has sales."""

    def __init__(self, seed: int, books: Books, skus: tuple[str, ...], crowd: int = CROWD) -> None:
        super().__init__(seed, books, skus, crowd)
        self.weights, self.sizes = WEIGHTS, SIZES
        self.cheap = tuple(sku for sku in skus if (books.prices.asked(sku, "S1", self.now) or 0) <= 20000)
        self.slips: list[Command] = []
        self.welcome: list[Member] = []  # who may buy as she likes
        self.asked: set[tuple[str, str]] = set()  # who has asked for what in this batch

    def next(self) -> Command:
        command = super().next()
        if command["do"] == "batch":
            self.slips = [*self.slips, *command["given"]["sales"]][-SLIPS:]
            self.past = [*self.past[-20:], *self.slips[-10:]]
        return command

    def _deed(self) -> str:
        return "enrol" if len(self.books.members) < FIRST_COME else super()._deed()

    def _batch(self) -> Command:
        sales: list[Command] = []
        self.asked = set()
        self.welcome = [each for each in self._crowd() if self._welcome(each)]
        for _ in range(self._size()):
            if self.dice.random() < 0.3:
                self.theme = self._somebody()
            sales.append(self._slip(sales))
        return {"do": "batch", "given": {"sales": sales}}

    def _somebody(self) -> Member:
        """Mostly one of those who came last: of the others' rungs and cards there is less to tell."""
        crowd = self.welcome if self.welcome and self.dice.random() < 0.95 else self._crowd()
        return self.dice.choice(crowd[-20:] if self.dice.random() < 0.6 else crowd)

    def _welcome(self, member: Member) -> bool:
        return member.standing_at(self.now) == "active" and member.cards[-1].usable(self.now)

    def _slip(self, sales: list[Command]) -> Command:
        """Mostly a new sale; now and then one of this batch or of an earlier one once more, or under a key that is
        taken; a customer again with what she bought; and what nobody sells."""
        made = self._one({"new": 90, "twice": 3, "earlier": 2, "reused": 2, "alike": 2, "unknown": 1})
        before = sales if made in ("twice", "alike") else self.slips
        if made == "new" or not before:
            return self._sell()
        old = self.dice.choice(before)
        if made in ("twice", "earlier"):
            return {**old, "as": self._label("x")}
        if made == "reused":
            return {**old, "as": self._label("x"), "given": {**old["given"], "lines": self._lines()}}
        if made == "alike":
            return {**self._sell(), "given": old["given"]}
        sold = self._sell()
        return {**sold, "given": {**sold["given"], "lines": [{"sku": "NOPE"}, *sold["given"]["lines"]]}}

    def _asked(self) -> Command:
        """Nearly always only what may be granted: once in a batch what can be had once."""
        given = super()._asked()
        buyer = self.books._buyer(given)
        for what in ("vouchers", "points", "benefits"):
            if buyer is None or what not in given or self.dice.random() < 0.05:
                continue
            if (buyer.label, what) in self.asked or self._spent(buyer, what, given):
                del given[what]
            self.asked.add((buyer.label, what))
        shown = given.get("presented")
        if isinstance(shown, list) and self.dice.random() < 0.9:  # the newest card, mostly
            given["presented"] = [shown[0], len(self.books.members[shown[0]].cards) - 1]
        return given

    def _spent(self, buyer: Member, what: str, given: Command) -> bool:
        at = given.get("at", self.now)
        if what == "points":
            return at.month not in self.books.figures.months or buyer.turns_in(at) >= self.books.figures.turns
        if what == "benefits":
            return buyer.birthday.month != at.month or buyer.uses_in_year("birthday", at.year) > 0
        ready = [(each.owner, each.gift.name, each.occasion) for each in buyer.coupons if each.state(at) == "ready"]
        return not all(tuple(each) in ready for each in given["vouchers"])

    def _sku(self) -> str:
        """What costs little, mostly: a rung is reached by many purchases."""
        return self.dice.choice(self.cheap) if self.dice.random() < 0.85 else super()._sku()
