"""What the clauses of a rulebook must know: the one read that serves them all.

A kind that asks about the past says so here: which measures, and how many local days back from the day asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiguan.rules.climbing import key_of, looks_back
from huiguan.rules.conditions import facts_named
from huiguan.rules.facts import MEASURES_ALWAYS
from huiguan.rules.kinds.redemption import MEASURE as REDEMPTIONS
from huiguan.rules.once import once
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import LONGEST
from huiguan.rules.vocabulary import FACTS

LONGEST_MONTH, LONGEST_YEAR = 31, 366


@dataclass(frozen=True, slots=True)
class Needs:
    """`facts` and relations conditions name, `measures` kept per day, `days_back` before the day asked about."""

    facts: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    days_back: int = 0

    def since(self, day: date) -> date:
        """The earliest local day to read so that everything about `day` can be decided."""
        return day - timedelta(days=self.days_back)


@once
def needs(programme: Programme) -> Needs:
    """The union of what all acting clauses need."""
    each = list(_all(programme))
    return Needs(
        facts=frozenset().union(*(need.facts for need in each)),
        measures=frozenset(MEASURES_ALWAYS).union(*(need.measures for need in each)),
        days_back=max((need.days_back for need in each), default=0),
    )


def _all(programme: Programme) -> Iterator[Needs]:
    for kind, read in _BY_KIND.items():
        for clause in programme.of(kind):
            yield read(clause.parameters)


def _discount(parameters: Any) -> Needs:
    if parameters.quota is None:
        return Needs()
    used = frozenset(f"used:{benefit}" for benefit in parameters.benefits)
    return Needs(measures=used, days_back=LONGEST_YEAR if parameters.quota.per == "year" else LONGEST_MONTH)


def _redemption(parameters: Any) -> Needs:
    if parameters.from_purchase:
        return Needs(days_back=LONGEST_YEAR)
    return Needs(measures=frozenset({REDEMPTIONS}), days_back=LONGEST_MONTH) if parameters.times else Needs()


def _tier_ladder(parameters: Any) -> Needs:
    counted = (*parameters.promote, *parameters.climb, *parameters.also)
    asked = (*counted, *parameters.multiply)
    back = max((looks_back(each.months, getattr(each, "within", None)) for each in asked), default=0) * LONGEST_MONTH
    measures = frozenset({*(key_of(each.measure) for each in counted), *(keep.measure for keep in parameters.keep)})
    return Needs(measures=measures, days_back=max(back, LONGEST if parameters.keep else 0))


def _segment(parameters: Any) -> Needs:
    named = facts_named(parameters.where)
    return Needs(facts=named, days_back=max((FACTS[name].days_back for name in named if name in FACTS), default=0))


def _limit(parameters: Any) -> Needs:
    return Needs(
        days_back={"day": 1, "month": LONGEST_MONTH, "quarter": 3 * LONGEST_MONTH, "year": LONGEST_YEAR}[parameters.per]
    )


def _watch(parameters: Any) -> Needs:
    return Needs(days_back=parameters.own_mean.days if parameters.own_mean else 0)


def _rebate(parameters: Any) -> Needs:
    return Needs(days_back=LONGEST_YEAR)


_BY_KIND: dict[str, Callable[[Any], Needs]] = {
    "discount": _discount,
    "limit": _limit,
    "rebate": _rebate,
    "redemption": _redemption,
    "segment": _segment,
    "tier_ladder": _tier_ladder,
    "watch": _watch,
}
