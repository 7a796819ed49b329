"""Measures: what a membership did per local day, as whole numbers under a name. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

Tally = tuple[date, str, int]  # local day, measure, more or less


def merged(tallies: Iterable[Tally]) -> dict[date, dict[str, int]]:
    """Tallies added up per day and measure."""
    days: dict[date, dict[str, int]] = {}
    for day, measure, delta in tallies:
        values = days.setdefault(day, {})
        values[measure] = values.get(measure, 0) + delta
    return days
