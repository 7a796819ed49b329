"""A sale at the shop: what it costs, what points and stored value pay of it, what it earns; and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.auditor.model.answers import Refused
from tests.auditor.model.pricing import shares
from tests.auditor.model.shop.people import Item
from tests.auditor.model.shop.terms import Terms
from tests.auditor.model.shop.wallet import Parts, most

Given = dict[str, Any]


@dataclass(frozen=True)
class Bill:
    """In fen. `lines`: what is due on each, after points; `before_points`: what was due before them."""

    price: int
    lines: tuple[int, ...]
    points: int
    before_points: int

    @property
    def due(self) -> int:
        return sum(self.lines)


def bill(items: Sequence[Item], kept: Sequence[int], points: int, terms: Terms) -> Bill:
    """The pieces kept; points pay up to what is due."""
    amounts = [item.price * pieces for item, pieces in zip(items, kept, strict=True)]
    due = list(amounts)
    before = sum(due)
    points = min(points, before // terms.offset_worth)
    off = points * terms.offset_worth
    due = [each - part for each, part in zip(due, shares(off, due), strict=True)]
    return Bill(sum(amounts), tuple(due), points, before)


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
