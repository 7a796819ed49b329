"""What the pages of the mall are given. Money is fen, units are whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.design.values import Cursor, Mark, Refused, Words
from huiguan.rewards.values import AuctionTold, DrawTold, ItemTold, MoveTold, OrderView, WaitTold

Choice = tuple[str, Words, bool]


@dataclass(frozen=True, slots=True)
class Tab:
    label: Words
    href: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in a list. `mark` its state, `late`: it should have left by `due`."""

    number: str
    href: str
    member: str
    name: Mapping[str, str]
    quantity: int
    points: int
    owed: int
    where: Words
    placed_at: datetime
    due: date | None
    late: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`offered`: whether the rulebook has a mall at all. `late`: how many should have left already."""

    tabs: Sequence[Tab]
    offered: bool
    rows: Sequence[OrderLine]
    states: Sequence[Choice]
    asked: Mapping[str, str]
    late: int
    cursor: Cursor | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that may be done with an order now. `fields`: what it asks (name, label, needed)."""

    name: str
    label: Words
    fields: Sequence[tuple[str, Words, bool]] = ()
    seal: bool = False


@dataclass(frozen=True, slots=True)
class OrderPage:
    tabs: Sequence[Tab]
    order: OrderView
    mark: Mark
    where: Words
    source: Words
    address: Mapping[str, str] | None
    steps: Sequence[Mapping[str, Any]]
    deeds: Sequence[Deed]
    means: Sequence[Choice]
    key: str
    shift: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    item: ItemTold
    name: Words
    href: str
    price: Words
    sort: Words
    zone: Words
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class ItemsPage:
    tabs: Sequence[Tab]
    rows: Sequence[ItemLine]
    zones: Sequence[Choice]
    states: Sequence[Choice]
    asked: Mapping[str, str]
    filtered: bool
    may_keep: bool
    key: str
    cursor: Cursor | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of an item. `typed`: what was entered, or what it is."""

    tabs: Sequence[Tab]
    new: bool
    typed: Mapping[str, Any]
    sorts: Sequence[Choice]
    zones: Sequence[Choice]
    periods: Sequence[Choice]
    tiers: Sequence[Choice]
    items: Sequence[Choice]
    key: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    tabs: Sequence[Tab]
    item: ItemTold
    name: Words
    about: Words
    sort: Words
    zone: Words
    price: Words
    tiers: Words
    mark: Mark | None
    places: Sequence[tuple[Words, int]]
    moves: Sequence[tuple[MoveTold, Words, Words]]
    waits: Sequence[WaitTold]
    shops: Sequence[Choice]
    ways: Sequence[Choice]
    means: Sequence[Choice]
    may_keep: bool
    may_sell: bool
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    order_refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ScarceLine:
    code: str
    href: str
    title: Words
    kind: Words
    told: Words
    opens_at: datetime
    closes_at: datetime
    mark: Mark
    may_end: str = ""


@dataclass(frozen=True, slots=True)
class ScarcePage:
    tabs: Sequence[Tab]
    rows: Sequence[ScarceLine]
    kinds: Sequence[tuple[str, Words]]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ScarceForm:
    tabs: Sequence[Tab]
    kind: str
    title: Words
    says: Words
    items: Sequence[Choice]
    typed: Mapping[str, str]
    key: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class AuctionPage:
    tabs: Sequence[Tab]
    auction: AuctionTold
    mark: Mark
    may_sell: bool
    may_keep: bool
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class DrawPage:
    """`public`: the address anybody may open; `record` the file, once it is drawn."""

    tabs: Sequence[Tab]
    draw: DrawTold
    mark: Mark
    public: str
    record: str
    may_sell: bool
    may_keep: bool
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None
