"""Places in bodies as other rooms see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.actors import reference_to


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


def holder_of(staff: int | None, membership: int | None, name: str) -> str:
    """What tells persons apart: whoever acts as her `Actor` does ("staff:7", "member:12"), others by their names."""
    if staff is not None:
        return reference_to("staff", staff)
    return reference_to("member", membership) if membership is not None else f"name:{name}"


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """Somebody in a place of a body from `since` until just before `until`. `holder` tells persons apart: "staff:7",
    "member:12", "name:…"; `username` of who is on the staff."""

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
