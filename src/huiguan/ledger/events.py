"""What happened in the books that nobody asked for at a counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiguan.kernel.events import Event
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsExpired(Event):
    """Lots of one moment died; `reference` is the journal's key ("382-18")."""

    text: ClassVar[Text] = Text(zh="积分清零", en="Points expired")
