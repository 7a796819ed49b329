"""What the pages of the catalogue are given. Money is fen, or yuan as it was entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import Cursor, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class GoodsLine:
    sku: str
    name: str
    category: Words
    href: str
    list_price: int | None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class GoodsPage:
    rows: Sequence[GoodsLine]
    asked: dict[str, str]
    categories: Sequence[tuple[str, Words, bool]]
    states: Sequence[tuple[str, Words, bool]]
    filtered: bool
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A dated price as it reads; `mark`: holds now, or begins later."""

    kind: Words
    amount: int
    where: Words
    since: datetime | None
    until: datetime | None
    name: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product, or one being made (`new`). `typed`: what was entered; `key`: of the form that writes."""

    new: bool
    sku: str
    name: str
    category: str
    categories: Sequence[str]
    key: str
    sold: bool = True
    prices: Sequence[PriceLine] = ()
    kinds: Sequence[tuple[str, Words, bool]] = ()
    shops: Sequence[tuple[str, Words, bool]] = ()
    typed: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    price_refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category by its code; what it is called, empty where the code stands in."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CategoriesPage:
    """What the categories are called."""

    rows: Sequence[CategoryLine]
    key: str
    refused: Refused | None = None
