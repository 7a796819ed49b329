"""Places in bodies as other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A term to be written: exactly one of `staff` (a key) and `membership`, or neither."""

    body: str
    place: int
    role: str
    name: str
    since: datetime
    until: datetime | None
    staff: int | None = None
    membership: int | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """Somebody in a place of a body from `since` until just before `until`. `holder` tells persons apart: "staff:7",
    "membership:12", "name:…"; `username` of who is on the staff."""

    id: int
    body: str
    place: int
    role: str
    name: str
    holder: str
    since: datetime
    until: datetime | None
    staff: int | None = None
    username: str | None = None
    membership: int | None = None
    resolution: str = ""
    why_ended: str = ""
