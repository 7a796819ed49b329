"""Packages used, undone, passed on."""

from __future__ import annotations

from tests.auditor.model.shop.packages import Package
from tests.auditor.shop.drawing import Command, Drawing

THINGS = ("cup", "play", "wash", "bake", "sew", "feast", "cut")


class Packages(Drawing):
    """What is done with packages beside buying them."""

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
