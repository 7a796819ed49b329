"""The shop's machine of commands: seeded, it looks at the model to ask for what is interesting."""

from __future__ import annotations

from tests.auditor.model.shop.books import ShopBooks
from tests.auditor.shop.drawing import Command
from tests.auditor.shop.drawing_mall import MallDeeds
from tests.auditor.shop.drawing_sales import Sales

# Each seed has a subject of its own, which comes four times as often.
SUBJECTS: tuple[dict[str, int], ...] = (
    {"top_up": 12, "refund": 8, "preview_refund": 2, "set_pin": 3},
    {
        "claim": 8, "hand_out": 3, "accept_reserved": 1, "lock": 3, "release": 1, "give": 3, "accept": 3,
        "take_back": 1, "revoke": 1,
    },
    {"use": 16, "undo_use": 3, "transfer": 2},
    {"order": 10, "move_order": 12, "stock": 7, "wait": 5, "leave": 1, "auction": 3, "bid": 9},
)  # fmt: skip
ALWAYS = {
    "sell": 34,
    "batch": 4,
    "again": 5,
    "give_back": 20,
    "preview": 3,
    "void": 4,
    "enrol": 2,
    "night": 4,
    "set_pin": 3,
}
KEPT = {
    "sell", "give_back", "void", "top_up", "refund", "claim", "give", "accept", "lock", "use", "transfer", "order",
    "move_order", "bid",
}  # fmt: skip


class ShopMachine(MallDeeds, Sales):
    """Draws the next command. `crowd` is how many members there will be."""

    def __init__(self, seed: int, books: ShopBooks, crowd: int = 4) -> None:
        super().__init__(seed, books)
        self.crowd, self.weights = crowd, dict(ALWAYS)
        for n, subject in enumerate(SUBJECTS):
            self.weights |= {deed: often * (4 if n == seed % 4 else 1) for deed, often in subject.items()}

    def next(self) -> Command:
        self.now = max(self.now, self._later())
        members = self.books.members
        if members and self.dice.random() < 0.15:
            self.theme = self.dice.choice(list(members.values()))
        deed = "enrol" if len(members) < 2 else self._one(self.weights)
        if deed == "enrol" and len(members) >= self.crowd:
            deed = "sell"
        made: Command | None = getattr(self, f"_{deed}")()
        command = made or self._sell()
        command.setdefault("now", self.now)
        if command["do"] in KEPT:
            self.past = [*self.past[-30:], command]
        return command

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
