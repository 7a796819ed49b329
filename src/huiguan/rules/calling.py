"""The calls of a procedure: the days of every year on which applications are taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from huiguan.rules.parameters import DayOfYear
from huiguan.rules.parameters import Parameters as Base


class Call(Base):
    """A call of every year: applications are taken from `since` to the end of `until`; over the year's end where `until`
    comes before."""

    since: DayOfYear
    until: DayOfYear


def call_at(calls: Sequence[Call], day: date) -> tuple[date, date] | None:
    """The first and last day of the call under way on `day`, else of the one that opens next; None without calls."""
    ahead = [span for call in calls for span in _spans(call, day.year) if span[1] >= day]
    return min(ahead, default=None)


def taken_on(calls: Sequence[Call], day: date) -> bool:
    """Whether applications are taken on `day`: always where there are no calls."""
    span = call_at(calls, day)
    return span is None or span[0] <= day


def _spans(call: Call, year: int) -> Iterator[tuple[date, date]]:
    over = tuple(call.until) < tuple(call.since)
    for each in (year - 1, year, year + 1):
        yield call.since.of(each), call.until.of(each + 1 if over else each)
