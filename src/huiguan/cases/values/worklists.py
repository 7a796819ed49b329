"""Matters in lists, and the boxes they lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.kernel.text import Text

BOXES: dict[str, Text] = {
    "todo": Text(zh="待我处理", en="For me"),
    "done": Text(zh="我已处理", en="Done by me"),
    "copied": Text(zh="抄送我", en="Copied to me"),
    "mine": Text(zh="我发起的", en="Begun by me"),
}
LATER = "later"  # what one put off; no box of its own for whoever puts nothing off


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter in a list. `age` in workdays since it came to this stage, `late` whether its time is over; `provisional`: its end may
    move, the year's days off are not announced; `awaits_file`: it begins with the last paper."""

    number: str
    procedure: str
    title: Text
    name: str
    state: str
    stage: str
    stage_title: Text
    ball: str
    opened_at: datetime
    submitted_at: datetime | None
    entered_at: datetime | None
    due_at: datetime | None
    age: int
    late: bool
    provisional: bool = False
    why: str = ""
    awaits_file: bool = False


@dataclass(frozen=True, slots=True)
class Worklist:
    """One box of the work list and how many lie in each; `later`: how many the asking person put off."""

    box: str
    counts: Mapping[str, int]
    lines: tuple[MatterLine, ...]
    later: int = 0
