"""What the clock's page is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Figure, Refused, Words
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Preset:
    """A moment to go to with one press. `value`: as the form sends it; `brings`: what falls due until then."""

    label: Text
    at: datetime
    value: str
    brings: Words = ""


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A member something happened to. `expired`: units cleared; `coupons`: given; `points`: what she has now."""

    number: str
    name: str
    href: str
    expired: int
    coupons: Sequence[tuple[Words, int]]
    points: int


@dataclass(frozen=True, slots=True)
class Happened:
    """What a move brought. `total`: members touched, of whom `rows` are shown."""

    since: datetime
    to: datetime
    figures: Sequence[Figure]
    rows: Sequence[MovedRow]
    total: int


@dataclass(frozen=True, slots=True)
class ClockPage:
    """`moving`: (done, total) nights while the clock moves."""

    at: datetime
    presets: Sequence[Preset]
    moving: tuple[int, int] | None = None
    to: datetime | None = None
    happened: Happened | None = None
    refused: Refused | None = None
    typed: str = ""
