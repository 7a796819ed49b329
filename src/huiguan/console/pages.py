"""What pages of several nouns are given: an act that can be done, a sale as a row. Money is fen, points whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Mark, Words


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done to this member. `ask`: its page opens in the asking sheet; `solid`: the main one;
    `key`: the key that does it."""

    label: Words
    href: str
    ask: bool = False
    solid: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sale in a list: its paper, what was paid, what its member's points moved by (None for a walk-in)."""

    number: str
    href: str
    at: datetime
    shop: Words
    what: Words
    paid: int
    points: int | None
    clerk: str = ""
    mark: Mark | None = None
    member: str = ""
    member_href: str = ""
