"""Units as money off a sale: what they take off for a tier, and how many may pay. Pure."""

from __future__ import annotations

from fractions import Fraction

from huiguan.kernel.amounts import allocate
from huiguan.rules.exchange import Terms
from huiguan.rules.facts import Bill, Step

_WHOLE = Fraction(1)


def step_of(rule: Terms, bill: Bill, units: int, tier: str = "") -> Step:
    """`units` of a member on `tier` as money off the lines, spread by what each still owes."""
    return Step("points", rule.clause, tuple(allocate(off_of(rule, units, tier), bill.due_lines)), units=units)


def again(rule: Terms, bill: Bill, units: int, tier: str) -> Step:
    """`units` that paid, paying again on what is left of the sale: at most what they may."""
    return step_of(rule, bill, min(units, most_units(rule, bill.due, tier)) if rule.worth else units, tier)


def off_of(rule: Terms, units: int, tier: str) -> int:
    """What `units` take off a sale, in fen: a tier that uses fewer for the same money gets more, cut down to the fen."""
    rate = _rate(rule, tier)
    return units * rule.worth * rate.denominator // rate.numerator


def most_units(rule: Terms, due: int, tier: str) -> int:
    """How many units can pay of `due` fen: of its `most` where a clause says so, in whole units."""
    if not rule.worth:
        return 0
    part: Fraction = rule.value("most") or _WHOLE
    rate = _rate(rule, tier)
    return due * part.numerator // part.denominator * rate.numerator // (rate.denominator * rule.worth)


def _rate(rule: Terms, tier: str) -> Fraction:
    rates: dict[str, Fraction] = rule.value("rates") or {}
    return rates.get(tier, _WHOLE)
