"""Words that cross the border of the room. Money is fen, units are whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.kernel.text import Text

PLACED, PREPARED, SENT, READY = "placed", "prepared", "sent", "ready"
RECEIVED, CLOSED, CANCELLED, RETURNED = "received", "closed", "cancelled", "returned"
STATES: dict[str, Text] = {
    PLACED: Text(zh="待备货", en="placed"),
    PREPARED: Text(zh="已备货", en="prepared"),
    SENT: Text(zh="已发出", en="sent"),
    READY: Text(zh="待领取", en="ready to collect"),
    RECEIVED: Text(zh="已收到", en="received"),
    CLOSED: Text(zh="已完成", en="closed"),
    CANCELLED: Text(zh="已取消", en="cancelled"),
    RETURNED: Text(zh="已退回", en="returned"),
}
SORTS: dict[str, Text] = {
    "goods": Text(zh="商品", en="Goods"),
    "gift": Text(zh="礼品", en="Gift"),
    "voucher": Text(zh="券", en="Voucher"),
    "code": Text(zh="外部券码", en="Outside code"),
}
WAYS: dict[str, Text] = {
    "delivery": Text(zh="寄送", en="Delivery"),
    "pickup": Text(zh="到店领取", en="Collection"),
    "instant": Text(zh="即时到账", en="At once"),
}


@dataclass(frozen=True, slots=True)
class ZoneTold:
    code: str
    zh: str
    en: str
    place: int
    items: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """What is `left` at a place (null: the centre), and what is set aside there."""

    shop: str | None
    left: int


@dataclass(frozen=True, slots=True)
class ItemTold:
    """A thing as those who keep it see it. `left` everywhere together, null where it is not counted; `low`: so few that somebody should look."""

    code: str
    sort: str
    zone: str | None
    zh: str
    en: str
    about_zh: str
    about_en: str
    points: int
    cash: int
    worth: int
    mixed: bool
    tiers: tuple[str, ...]
    most: int | None
    per: str
    opens_at: datetime | None
    closes_at: datetime | None
    everyday: bool
    dispatch: int | None
    low: int
    picture: str
    withdrawn_at: datetime | None
    left: int | None
    waiting: int
    substitute: str | None = None
    voucher: Mapping[str, Any] = field(default_factory=dict)
    stock: tuple[StockLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """A thing as a member sees it: what it costs her, from when she may have it, and why she may not now.

    `most_points` and `least_points` where money may pay a part. `why` is empty where she may order it.
    """

    code: str
    sort: str
    zone: str | None
    name: Mapping[str, str]
    about: Mapping[str, str]
    picture: str
    points: int
    cash: int
    full_points: int
    mixed: bool
    least_points: int
    most_points: int
    ways: tuple[str, ...]
    opens_at: datetime | None
    left: int | None
    shops: tuple[StockLine, ...]
    everyday: bool
    waiting: str
    why: tuple[Mapping[str, Any], ...] = ()
    reasons: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of an order. `actor` by name."""

    state: str
    at: datetime
    actor: str
    why: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order. `state` as it reads then; `owed` what is still to be paid; `due_on` the day it should have left the
    house; `deposit` what of it may be paid first to keep it; `code` the word by which it is handed over, told to the member and whoever hands over; `given` the coupon or
    outside codes that came of it. `late`: it should have left already."""

    number: str
    member: str
    item: str
    name: Mapping[str, str]
    quantity: int
    unit: str
    points: int
    cash: int
    owed: int
    way: str
    shop: str | None
    state: str
    source: str
    placed_at: datetime
    due_on: date | None
    late: bool
    clause: str
    code: str = ""
    pay_until: datetime | None = None
    deposit: int = 0
    returnable_until: datetime | None = None
    given: tuple[str, ...] = ()
    picture: str = ""
    reasons: tuple[Mapping[str, Any], ...] = ()
    history: tuple[StepTold, ...] = ()
    balance: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveTold:
    """Pieces that came or went: why, who, when."""

    shop: str | None
    pieces: int
    cause: str
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """Something of the mall was put in place; `code` what it goes by, `left` what is there of it now."""

    code: str
    left: int = 0


@dataclass(frozen=True, slots=True)
class WaitTold:
    """A place on a wait-list; `ahead` so many come before. `until`: a piece is kept for her until just before."""

    item: str
    name: Mapping[str, str]
    member: str
    shop: str | None
    state: str
    since: datetime
    ahead: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class FlashTold:
    """A flash sale. `state`: coming, open, sold_out, over."""

    code: str
    item: str
    name: Mapping[str, str]
    points: int
    cash: int
    quantity: int
    left: int
    most: int
    opens_at: datetime
    closes_at: datetime
    state: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class BidTold:
    """One bid; `member` is masked for other members."""

    n: int
    member: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AuctionTold:
    """An auction as it reads then. `state`: coming, open, closing (over, not written down yet), sold, unsold, withdrawn;
    `least` what the next bid must be; `leads`: whether the member asked for leads, `mine` what is held of her."""

    code: str
    item: str
    name: Mapping[str, str]
    picture: str
    reserve: int
    step: int
    opens_at: datetime
    closes_at: datetime
    state: str
    leading: int | None
    leader: str
    least: int
    bids: int
    leads: bool = False
    order: str | None = None
    history: tuple[BidTold, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeTold:
    """A grade of prizes. `odds`: pieces to tickets as they stand, "3/120"."""

    grade: int
    item: str
    name: Mapping[str, str]
    pieces: int
    odds: str
    winners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawTold:
    """A draw. `committed` is the SHA-256 of the secret, published from the first moment; `seed` the secret, from the
    draw on. `state`: coming, open, closing, drawn, withdrawn. `mine`: tickets of the member asked for."""

    code: str
    name: Mapping[str, str]
    points: int
    most: int | None
    opens_at: datetime
    closes_at: datetime
    state: str
    committed: str
    seed: str
    tickets: int
    prizes: tuple[PrizeTold, ...]
    mine: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """Tickets had. `words` is what each is known by in public."""

    draw: str
    member: str
    words: tuple[str, ...]
    points: int
    balance: Mapping[str, int]
