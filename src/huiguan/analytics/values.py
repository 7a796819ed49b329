"""Words of the figures that cross the border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from huiguan.analytics.liability import Cohort, Deferred


@dataclass(frozen=True, slots=True)
class Posted:
    """What one unit's books moved on a local day for one reason: `given` to members, `taken` from them, whole units.
    `flow`: the house account (issued, redeemed, expired, …), `cause` of the journals (sale, return, expiry, …)."""

    day: date
    unit: str
    flow: str
    cause: str
    given: int
    taken: int
    journals: int

    @property
    def net(self) -> int:
        return self.given - self.taken


@dataclass(frozen=True, slots=True)
class DayBook:
    """One unit on one local day: what members held before and after it, how much of that was set aside at its end, and
    what moved. `closed`: the day is sealed and its figures are written down."""

    day: date
    unit: str
    opening: int
    closing: int
    held: int
    posted: tuple[Posted, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Postings:
    """The days on which something moved, oldest first; `opens`: what members held before the first day asked for; `ends`: what the ledger itself says members hold of each unit as written now,
    which the last day ends with where it is today."""

    days: tuple[DayBook, ...]
    opens: Mapping[str, int]
    ends: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class CohortView:
    """The units of one month as the accountant sees them. `first`, `latest`: the parts expected to be used."""

    month: date
    cohort: Cohort
    first: Fraction
    latest: Fraction
    deferred: Deferred


@dataclass(frozen=True, slots=True)
class LiabilityView:
    """One unit's cohorts up to a moment, oldest first. `worth`: fen one unit stands for, None where nothing says."""

    unit: str
    at: datetime
    worth: Fraction | None
    cohorts: tuple[CohortView, ...] = ()
    totals: Deferred = field(default_factory=lambda: Deferred(0, 0))


@dataclass(frozen=True, slots=True)
class EstimateView:
    """What somebody expects from `since` on: `part` of 10,000 units will be used, `units` of them are worth `worth` fen."""

    number: int
    unit: str
    month: date | None
    part: int  # of 10,000
    units: int | None
    worth: int | None
    since: datetime
    actor: str
    reason: str

    @property
    def share(self) -> Fraction:
        return Fraction(self.part, 10_000)

    @property
    def each(self) -> Fraction | None:
        """Fen one unit stands for, where it was said."""
        return Fraction(self.worth, self.units) if self.units and self.worth is not None else None
