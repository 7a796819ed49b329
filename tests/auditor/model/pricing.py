"""What a sale costs: prices that hold, vouchers, points, one percentage; and how lines share what comes off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tests.auditor.model.figures import Figures


@dataclass(frozen=True)
class Price:
    """From `since` until just before `until`; `shop` None: everywhere."""

    sku: str
    kind: str
    amount: int
    shop: str | None
    since: datetime
    until: datetime | None


class PriceList:
    def __init__(self) -> None:
        self.rows: dict[str, dict[tuple[str, str | None, datetime], Price]] = {}  # by SKU

    def put(self, price: Price) -> None:
        """Written again with the same start, a price is corrected."""
        self.rows.setdefault(price.sku, {})[(price.kind, price.shop, price.since)] = price

    def known(self, sku: str) -> bool:
        return sku in self.rows

    def asked(self, sku: str, shop: str, at: datetime) -> int | None:
        """What one piece costs: a promotion before the list, the shop's own before everybody's, the latest begun."""
        for kind in ("promotion", "list"):
            holding = [
                price
                for price in self.rows.get(sku, {}).values()
                if price.kind == kind
                and price.shop in (None, shop)
                and price.since <= at
                and (price.until is None or at < price.until)
            ]
            if holding:
                return max(holding, key=lambda price: (price.shop is not None, price.since)).amount
        return None


@dataclass(frozen=True)
class Terms:
    """What the sale took: the worth of each voucher in their order, points, and the share that was paid."""

    vouchers: tuple[int, ...] = ()
    points: int = 0
    rate: Fraction | None = None


@dataclass(frozen=True)
class Bill:
    """In fen. `earning` is the amount that earns."""

    price: int
    paid: int
    points: int
    lines: tuple[int, ...]
    earning: int
    before_points: int

    def earned(self, figures: Figures) -> int:
        return self.earning // figures.per * figures.give


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def shares(total: int, weights: list[int]) -> list[int]:
    """`total` in parts like `weights`, whole fen, the fen left over to the largest rests, of equal ones the first."""
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    parts = [total * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in rests[: total - sum(parts)]:
        parts[i] += 1
    return parts


def bill(amounts: list[int], terms: Terms, figures: Figures) -> Bill:
    """The sale of lines that cost `amounts` on these terms; vouchers and points pay up to what is due."""
    due, earns = list(amounts), 0
    for worth in terms.vouchers:
        off = min(worth, sum(due))
        due = [each - part for each, part in zip(due, shares(off, due), strict=True)]
        earns += off if figures.voucher_earns else 0
    before_points = sum(due)
    points = min(terms.points, before_points // figures.offset_worth)
    off = points * figures.offset_worth
    due = [each - part for each, part in zip(due, shares(off, due), strict=True)]
    earns += off if figures.points_earn else 0
    if terms.rate is not None:
        off = sum(due) - half_up(sum(due) * terms.rate)
        due = [each - part for each, part in zip(due, shares(off, due), strict=True)]
    paid = sum(due)
    return Bill(sum(amounts), paid, points, tuple(due), paid + earns, before_points)
