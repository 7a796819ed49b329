"""Stored value shared: which part pays, what stays paid when goods come back, what a refund comes to. Amounts in fen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.auditor.model.pricing import half_up, shares


@dataclass(frozen=True)
class Parts:
    principal: int = 0
    bonus: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.bonus


def wallet_told(moved: Parts, left: Parts) -> dict[str, object]:
    """What moved of stored value, and what is then left."""
    return {"principal": moved.principal, "bonus": moved.bonus, "left": (left.principal, left.bonus)}


def most(has: Parts, due: int, eligible: int) -> int:
    """The most that stored value can pay of `due`, bonus only for goods of `eligible`."""
    return min(due, has.principal + min(has.bonus, eligible))


def split(order: str, amount: int, has: Parts, eligible: int) -> Parts:
    """Which part pays how much of `amount`, which is no more than `most`."""
    free = min(has.bonus, eligible)
    if order == "principal_first":
        principal = min(has.principal, amount)
        return Parts(principal, amount - principal)
    if order == "bonus_first":
        bonus = min(free, amount)
        return Parts(amount - bonus, bonus)
    bonus = shares(amount, [has.principal, has.bonus])[1] if amount else 0
    bonus = max(min(bonus, free), amount - has.principal)
    return Parts(amount - bonus, bonus)


def stays(order: str, paid: Parts, was: tuple[int, int], now: tuple[int, int]) -> Parts:
    """Of the goods kept, stored value pays the same proportion as of all, rounded down. `was` and `now`: what was and is due
    on goods bonus may buy, and on others. Unless principal goes first, those others have their own part of it."""
    if not paid.total:
        return Parts()
    food, wine = min(now[0], was[0]), min(now[1], was[1])
    if order == "principal_first":
        can = most(paid, food + wine, food)
        return split(order, min(paid.total * (food + wine) // sum(was), can), paid, food)
    apart = paid.principal * was[1] // (sum(was) - paid.bonus) if was[1] else 0
    rest = Parts(paid.principal - apart, paid.bonus)
    first = split(order, rest.total * food // was[0], rest, food) if was[0] else Parts()
    return Parts(first.principal + (apart * wine // was[1] if was[1] else 0), first.bonus)


@dataclass(frozen=True)
class Refund:
    """`deducted` below nought: given back."""

    money: int
    deducted: int
    fee: int
    bonus_back: int


def refund(
    *,
    amount: int,
    bonus: int,
    left: int,
    left_bonus: int,
    spent: int,
    spent_bonus: int,
    deducted: int,
    by_share: bool,
    percent: int,
) -> Refund | None:
    """What of a top-up comes back. Bonus that must come back (all of it, or what the principal not spent stands for,
    rounded down) and was spent is deducted from the principal; None where nothing remains."""
    must = bonus * (amount - spent) // amount if by_share else bonus
    hers = bonus - must
    off = max(0, spent_bonus - hers) - deducted
    gross = left - off
    if gross <= 0:
        return None
    fee = half_up(Fraction(gross * percent, 100))
    return Refund(gross - fee, off, fee, left_bonus - min(left_bonus, max(0, hers - spent_bonus)))
