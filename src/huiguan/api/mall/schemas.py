"""The mall as programs read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from huiguan.api.schemas import Answer, Both, ReasonAnswer, Whole, Yuan
from huiguan.kernel.inputs import Input


class KeptAnswer(Answer):
    """What was put in place goes by `code`; `left` pieces of it are there now, where it has any."""

    code: str
    left: int


class PictureInput(Input):
    """A picture, PNG, JPEG or WebP, as base64; 2 MB at most."""

    content: Annotated[str, Field(min_length=1, max_length=3_000_000)]


class ZoneAnswer(Answer):
    code: str
    zh: str
    en: str
    place: int
    items: int


class ZonesPage(Answer):
    items: list[ZoneAnswer]
    next: str | None


class StockAnswer(Answer):
    """What is left at a shop; null is the centre."""

    shop: str | None
    left: int


class ItemAnswer(Answer):
    """A thing of the mall. `left` everywhere together, null where it is not counted; `stock` by place where one item was
    asked for; `voucher` with its worth in fen; `picture` the digest of it."""

    code: str
    sort: str
    zone: str | None
    zh: str
    en: str
    about_zh: str
    about_en: str
    points: int
    cash: Yuan
    worth: Yuan
    mixed: bool
    tiers: list[str]
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
    substitute: str | None
    voucher: dict[str, Any]
    stock: list[StockAnswer]


class ItemsPage(Answer):
    items: list[ItemAnswer]
    next: str | None


class ShelfAnswer(Answer):
    """A thing as one member finds it: its price for her, from when she may have it, and in `why` every reason against her
    having one now. `least_points` to `most_points` pay of a mixed price; `waiting`: her place on its list."""

    code: str
    sort: str
    zone: str | None
    name: Both
    about: Both
    picture: str
    points: int
    cash: Yuan
    full_points: int
    mixed: bool
    least_points: int
    most_points: int
    ways: list[str]
    opens_at: datetime | None
    left: int | None
    shops: list[StockAnswer]
    everyday: bool
    waiting: str
    why: list[ReasonAnswer]
    reasons: list[ReasonAnswer]


class ShelfPage(Answer):
    items: list[ShelfAnswer]
    next: str | None


class MoveAnswer(Answer):
    shop: str | None
    pieces: int
    cause: str
    why: str
    actor: str
    at: datetime


class MovesPage(Answer):
    """What came and went, the newest first; the last hundred."""

    items: list[MoveAnswer]
    next: str | None


class StepAnswer(Answer):
    state: str
    at: datetime
    actor: str
    why: str
    document: dict[str, Any]


class OrderAnswer(Answer):
    """An order as it reads now. `cash` is what it costs in money, `owed` what is still to be paid, `deposit` what of it keeps the order; `late`: it should have
    left by `due_on`. `given`: coupon codes, outside codes masked. `history` empty in lists."""

    number: str
    member: str
    item: str
    name: Both
    quantity: int
    unit: str
    points: int
    cash: Yuan
    owed: Yuan
    way: str
    shop: str | None
    state: str
    source: str
    placed_at: datetime
    due_on: date | None
    late: bool
    clause: str
    code: str
    pay_until: datetime | None
    deposit: Yuan
    returnable_until: datetime | None
    given: list[str]
    picture: str
    reasons: list[ReasonAnswer]
    history: list[StepAnswer]
    balance: Whole


class OrdersPage(Answer):
    items: list[OrderAnswer]
    next: str | None


class WaitAnswer(Answer):
    """A place on a list; `ahead` so many come before, `until` just before when a piece is kept for her."""

    item: str
    name: Both
    member: str
    shop: str | None
    state: str
    since: datetime
    ahead: int
    until: datetime | None


class WaitsPage(Answer):
    items: list[WaitAnswer]
    next: str | None
