"""Windows of local days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import at_day


@dataclass(frozen=True, slots=True)
class Window:
    """The local days `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moments(self, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """The window's first moment, and the first one after it (24:00 of its last day)."""
        return at_day(self.first, tz), at_day(date.fromordinal(self.last.toordinal() + 1), tz)
