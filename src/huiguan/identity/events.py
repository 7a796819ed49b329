"""What happened in the house's bodies, as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiguan.kernel.events import Told
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilled(Told):
    """Somebody was given a place in a body, from `at` until just before `until`; `reference` names body and place."""

    text: ClassVar[Text] = Text(zh="席位有人担任", en="A place in a body was filled")
    readers: ClassVar[tuple[str, ...]] = ("organise", "audit")

    body: str
    place: int
    role: str
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatVacated(Told):
    """A place is vacant from `at` on, before its term was over."""

    text: ClassVar[Text] = Text(zh="席位出缺", en="A place in a body was given up")
    readers: ClassVar[tuple[str, ...]] = ("organise", "audit")

    body: str
    place: int
    role: str
    name: str
    why: str
