"""Flash sales, auctions and draws as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.mall.schemas import KeptAnswer
from huiguan.api.schemas import Answer, Both, Whole, Yuan

__all__ = ["KeptAnswer"]


class FlashAnswer(Answer):
    """`state`: coming, open, sold_out, over."""

    code: str
    item: str
    name: Both
    points: int
    cash: Yuan
    quantity: int
    left: int
    most: int
    opens_at: datetime
    closes_at: datetime
    state: str
    picture: str


class FlashesPage(Answer):
    items: list[FlashAnswer]
    next: str | None


class BidAnswer(Answer):
    n: int
    member: str
    points: int
    at: datetime


class AuctionAnswer(Answer):
    """`state`: coming, open, closing, sold, unsold, withdrawn; `least` is what the next bid must be; `history` empty in
    lists; `order` once it is sold."""

    code: str
    item: str
    name: Both
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
    leads: bool
    order: str | None
    history: list[BidAnswer]


class AuctionsPage(Answer):
    items: list[AuctionAnswer]
    next: str | None


class PrizeAnswer(Answer):
    """`odds`: pieces to tickets as they stand, "1/120"; `winners` the words of winning tickets."""

    grade: int
    item: str
    name: Both
    pieces: int
    odds: str
    winners: list[str]


class DrawAnswer(Answer):
    """`committed` is the SHA-256 of the secret; `seed` the secret, once it is drawn."""

    code: str
    name: Both
    points: int
    most: int | None
    opens_at: datetime
    closes_at: datetime
    state: str
    committed: str
    seed: str
    tickets: int
    prizes: list[PrizeAnswer]
    mine: list[dict[str, Any]]


class DrawsPage(Answer):
    items: list[DrawAnswer]
    next: str | None


class EnteredAnswer(Answer):
    """Tickets had; `words` is what each is known by in public."""

    draw: str
    member: str
    words: list[str]
    points: int
    balance: Whole


class RecordAnswer(Answer):
    """The record of a draw, by which anyone can draw it again: `huiguan draw verify FILE`."""

    format: str
    draw: str
    closed: datetime
    committed: str
    secret: str
    prizes: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    tickets_digest: str
    winners: list[dict[str, Any]]
