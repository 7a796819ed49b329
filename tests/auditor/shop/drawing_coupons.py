"""Coupons claimed, locked, given and revoked."""

from __future__ import annotations

from datetime import timedelta

from tests.auditor.model.shop.coupons import Coupon
from tests.auditor.shop.drawing import Command, Drawing

ORDERS = ("o-one", "o-two")


class Coupons(Drawing):
    """What is done with coupons beside using them."""

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
