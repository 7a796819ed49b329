"""When something is open: in stated months, so often in each; or in the last days of every month, quarter or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from huiguan.kernel.moments import add_months, month_end, month_start
from huiguan.rules.effects import Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.parameters import Parameters, Positive

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class LastDays(Parameters):
    """The last `days` of every period `of`."""

    of: Literal["month", "quarter", "year"]
    days: Positive

    def window(self, clause: str) -> LastDaysOf:
        """The window this makes, told as `clause`'s."""
        return LastDaysOf(clause, self.of, self.days)


@dataclass(frozen=True, slots=True)
class Months:
    """Open in these months, `times` in each (None: as often as one likes)."""

    clause: str
    months: tuple[int, ...]
    times: int | None

    def stop(self, facts: MemberFacts, measure: str, day: date) -> Reason | None:
        """Why it is shut on `day` to a member who used it as `measure` counts; None where it is open."""
        if day.month not in self.months:
            return Reason(self.clause, "outside", False, {"months": list(self.months), **self._next(day)})
        if self.times is None or facts.sum(measure, month_start(day), month_end(day)) < self.times:
            return None
        first, last = month_start(day), month_end(day)
        used = [d for d, v in facts.days.items() if first <= d <= last and v.get(measure, 0) > 0]
        values = {"month": day.month, "times": self.times, "on": max(used).isoformat(), **self._next(day)}
        return Reason(self.clause, "used", False, values)

    def _next(self, day: date) -> dict[str, int]:
        later = [month for month in self.months if month > day.month]
        return {
            "next_year": day.year if later else day.year + 1,
            "next_month": later[0] if later else min(self.months),
        }


@dataclass(frozen=True, slots=True)
class LastDaysOf:
    """Open in the last `days` of every period."""

    clause: str
    of: str
    days: int

    def stop(self, facts: MemberFacts, measure: str, day: date) -> Reason | None:
        """Why it is shut on `day`; None where it is open."""
        first, last = self.around(day)
        if first <= day:
            return None
        return Reason(self.clause, "outside_days", False, {"first": first.isoformat(), "last": last.isoformat()})

    def around(self, day: date) -> tuple[date, date]:
        """The window of the period `day` lies in, both days included."""
        months = _MONTHS[self.of]
        begins = date(day.year, (day.month - 1) // months * months + 1, 1)
        last = month_end(add_months(begins, months - 1))
        return max(begins, last - timedelta(days=self.days - 1)), last


Window = Months | LastDaysOf
