"""What happened, in the past tense: facts a room tells those beside the system, in the very transaction of their cause.

Most events only point at their record, which is never edited and is read when somebody asks (`Event`). Where the record
may change later, the event carries what was true then (`Told`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar

from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `membership`: whom it is about, None for nobody; `shop`: where, for what only those who
    act there may see; `reference` names its record ("382-17").

    Class attributes: `text`, its name for people; `readers`, the powers of which one lets a program read it.
    """

    text: ClassVar[Text]
    readers: ClassVar[tuple[str, ...]] = ("read_members",)

    membership: int | None = None
    shop: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Event):
    """An event that carries what was true then: `at` its moment, `clause` of the rulebook where one caused it; the
    fields of each kind of event are what programs read."""

    at: datetime
    clause: str | None = None

    def said(self) -> dict[str, Any]:
        """The fields of its own, as plain JSON."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self) if each.name not in _FRAME}


_FRAME = frozenset({"membership", "shop", "reference", "at", "clause"})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
