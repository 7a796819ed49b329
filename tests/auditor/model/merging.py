"""Two members of one person: what goes along when one is absorbed, what is called back, and what each has when undone."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.people import Coupon, Member

if TYPE_CHECKING:
    from tests.auditor.model.books import Books

Given = dict[str, Any]
_COUNTED = ("spend", "visits", "benefits", "redeemed")


@dataclass
class Merge:
    """`lots`: of each lot that came, the one it was; `days`: what her days counted; `out`: what of hers is away.

    `brought`: the place in the kept one's tiers of the step the merge was; None where it brought none.
    """

    keep: Member
    absorb: Member
    lots: dict[int, int] = field(default_factory=dict)
    coupons: list[tuple[Coupon, Coupon]] = field(default_factory=list)
    days: dict[str, Counter[Any]] = field(default_factory=dict)
    out: int = 0
    before: str = ""
    brought: int | None = None

    def hand_on(self, now: datetime) -> None:
        """All she has goes to the kept one: lots with their own life, days, coupons that are still good."""
        mine, hers = self.keep.purse, self.absorb.purse
        alive = [lot for lot in hers.lots if now < lot.dies and lot.left > 0]
        for lot in alive:
            number = mine.open(lot.left, lot.earned, lot.dies, now, counts=now)
            self.lots[number] = lot.number
            self.out += lot.left
            hers.take(lot.left, [lot], now, now)
        for name in _COUNTED:
            self.days[name] = getattr(self.absorb, name).copy()
            _add(getattr(self.keep, name), self.days[name], 1)
            _add(getattr(self.absorb, name), self.days[name], -1)
        for coupon in self.absorb.coupons:
            if not coupon.used and (coupon.until is None or now < coupon.until):
                self._hand_coupon(coupon)

    def _hand_coupon(self, coupon: Coupon) -> None:
        """Under its own name; the one that was handed over before is good again."""
        origin = (*coupon.origin, self.absorb.label)
        there = next((each for each in self.keep.coupons if each.of(coupon) and each.origin == origin), None)
        if there is None:
            there = replace(coupon, origin=origin)
            self.keep.coupons.append(there)
        there.used, coupon.used = False, True
        if not any(pair[0] is coupon for pair in self.coupons):
            self.coupons.append((coupon, there))

    def call_back(self, now: datetime) -> int:
        """What is left of exactly what came goes back; the units."""
        mine, hers = self.keep.purse, self.absorb.purse
        back = 0
        for lot in [lot for lot in mine.lots if lot.number in self.lots and now < lot.dies and lot.left > 0]:
            part = lot.left
            mine.take(part, [lot], now, now)
            hers.lots[self.lots[lot.number]].move(now, now, -part)
            back += part
        for name, told in self.days.items():
            _add(getattr(self.keep, name), told, -1)
            _add(getattr(self.absorb, name), told, 1)
        self.days = {}
        for hers_again, there in self.coupons:
            if not there.used:
                there.used, hers_again.used = True, False
        self.out -= back
        return back

    def both(self) -> set[str]:
        return {self.keep.label, self.absorb.label}

    def lend(self, units: int, now: datetime) -> None:
        """Of the kept one's own, for what a claw-back does not find with the absorbed one."""
        for lot in self.keep.purse.alive(now):
            part = min(units, lot.left)
            if part:
                self.keep.purse.take(part, [lot], now, now)
                self.absorb.purse.open(part, lot.earned, lot.dies, now, counts=now)
                units -= part


def apart(books: Books, label: str) -> Books:
    """The books once more, to try something with one member: what is hers, and theirs who were ever one with her, is
    copied; the rest, which nothing of hers touches, is shared."""
    hers, found = {label}, [*books.merges.values(), *books.undone]
    while more := {one for merge in found for one in merge.both() if hers & merge.both()} - hers:
        hers |= more
    shared: list[Any] = [books.figures, books.prices, books.keys]
    shared += [member for member in books.members.values() if member.label not in hers]
    shared += [sale for sale in books.sales.values() if sale.member not in hers]
    shared += [merge for merge in found if not hers & merge.both()]
    return deepcopy(books, {id(each): each for each in shared})


def _add(days: Counter[Any], more: Counter[Any], sign: int) -> None:
    for day, n in more.items():
        days[day] += sign * n


def merged(books: Books, now: datetime, given: Given) -> Expected:
    keep, absorb = books.members[given["keep"]], books.members[given["absorb"]]
    if absorb.into or keep.into:
        return refused(Refused("AlreadyMerged", "state"))
    if keep is absorb:
        return refused(Refused("SameMember", "input"))
    if any(each.into == absorb.label for each in books.members.values()):
        return refused(Refused("HoldsOthers", "state"))
    if "suspended" in (keep.standing_at(now), absorb.standing_at(now)):
        return refused(Refused("MemberSuspended", "standing"))
    before = keep.tier_at(now)
    merge = books.merges[absorb.label] = Merge(keep, absorb, before=before)
    merge.hand_on(now)
    absorb.into = keep.label
    absorb.standings.append((now, "merged"))
    tier = climbed(books, keep, max(before, absorb.tier_at(now), key=books.figures.place), now)
    if tier != before:
        keep.tiers.append((now, tier))
        merge.brought = len(keep.tiers) - 1
    return answer(moved=merge.out, rights=len(merge.coupons), tier=(before, tier))


def unmerged(books: Books, now: datetime, given: Given) -> Expected:
    absorb = books.members[given["member"]]
    if not absorb.into:
        return refused(Refused("NotMerged", "state"))
    merge = books.merges.pop(absorb.label)
    books.undone.append(merge)
    keep = merge.keep
    back = merge.call_back(now)
    absorb.into = None
    absorb.standings.append((now, "active"))
    newest = max((at, n) for n, (at, _) in enumerate(keep.tiers))[1]
    if merge.brought is not None and newest == merge.brought:
        tier = climbed(books, keep, merge.before, now)
        if tier != keep.tier_at(now):
            keep.tiers.append((now, tier))
    return answer(back=back, gone=merge.out, tier=keep.tier_at(now), hers=absorb.tier_at(now))


def climbed(books: Books, member: Member, tier: str, now: datetime) -> str:
    """Every step her days reach from `tier` on, one after the other."""
    for step in books.figures.steps:
        first = min([now.date(), *member.spend])
        if step.since == tier and member.reaches(step, first, now.date()):
            tier = step.to
    return tier
