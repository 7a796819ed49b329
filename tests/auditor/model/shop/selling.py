"""A sale at the shop: what it costs, what points and stored value pay of it, what it earns; and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.auditor.model.answers import Refused
from tests.auditor.model.pricing import shares
from tests.auditor.model.shop import coupons
from tests.auditor.model.shop.coupons import Coupon
from tests.auditor.model.shop.people import Item, Sold
from tests.auditor.model.shop.terms import Terms
from tests.auditor.model.shop.wallet import Parts, most

Given = dict[str, Any]


@dataclass(frozen=True)
class Bill:
    """In fen. `lines`: what is due on each, after coupons and points; `after_coupons`: what was due before these;
    `still`: the coupons that take part."""

    lines: tuple[int, ...]
    points: int
    after_coupons: tuple[int, ...]
    still: tuple[Coupon, ...] = ()

    @property
    def due(self) -> int:
        return sum(self.lines)

    @property
    def before_points(self) -> int:
        return sum(self.after_coupons)


def amounts(items: Sequence[Item], kept: Sequence[int]) -> list[int]:
    return [item.price * pieces for item, pieces in zip(items, kept, strict=True)]


def less(due: Sequence[int], offs: Sequence[int]) -> list[int]:
    return [each - part for each, part in zip(due, offs, strict=True)]


def bill(due: Sequence[int], points: int, terms: Terms, still: Sequence[Coupon] = ()) -> Bill:
    """Of what coupons left due, points pay up to all."""
    before = sum(due)
    points = min(points, before // terms.offset_worth)
    lines = less(due, shares(points * terms.offset_worth, list(due)))
    return Bill(tuple(lines), points, tuple(due), tuple(still))


def restated(sale: Sold, kept: Sequence[int], terms: Terms) -> Bill:
    """The pieces kept, with what the sale's coupons take off them and the points that paid."""
    due, before, still = amounts(sale.items, kept), [], []
    for taken in sale.coupons:
        offs, used = coupons.stays(taken, sale.items, kept, due, before)
        due = less(due, offs)
        before.append(offs)
        still += [taken.coupon] if used else []
    return bill(due, sale.points, terms, still)


def parted(items: Sequence[Item], made: Bill, terms: Terms) -> tuple[int, int]:
    """What is due on goods that bonus may buy, and on others."""
    lines = zip(items, made.lines, strict=True)
    eligible = sum(due for item, due in lines if item.category not in terms.paying.not_bonus)
    return eligible, made.due - eligible


def earned(made: Bill, stored: Parts, terms: Terms) -> int:
    """Of what is due in money; what bonus paid earns nothing."""
    return (made.due - stored.bonus) // terms.per * terms.give


def wallet_of(given: Given) -> int:
    return sum(each["amount"] for each in given.get("tenders", []) if each["means"] == "wallet")


def paying_refusals(asked: int, has: Parts, made: Bill, can_bonus: int, terms: Terms) -> list[Refused]:
    """What stands against paying `asked` from stored value."""
    paying = terms.paying
    if asked > made.due:
        return [Refused("MoreThanDue", "limit", paying.clause)]
    if asked > most(has, made.due, can_bonus):
        by = paying.bonus_clause if has.bonus > can_bonus else paying.clause
        return [Refused("BalanceTooLow", "balance", by)]
    return []
