"""The ways up a ladder: what each asks for, over which days, and how far somebody has come. Pure arithmetic.

A way asks for one measure, and for what its tier asks besides. Several ways from one rung stand side by side: any of them
is enough. Measures are `spend` (fen), `visits` (purchases), `active_months` (calendar months with a purchase, the present
one included), or a unit by its name: how much of it purchases earned, whatever was used since.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from huiguan.kernel.moments import add_months, month_start
from huiguan.kernel.text import Text, either
from huiguan.rules.facts import MemberFacts
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Rate, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.vocabulary import quarter_start

SPEND, VISITS, ACTIVE_MONTHS = "spend", "visits", "active_months"
COUNTED = (VISITS, ACTIVE_MONTHS)
Period = Literal["quarter", "year"]
_LONG: dict[Period, int] = {"quarter": 3, "year": 12}
_WITHIN: dict[Period, dict[str, str]] = {
    "quarter": {"zh": "本季", "en": "this quarter"},
    "year": {"zh": "今年", "en": "this year"},
}
EVER = 1200  # months that stand for "since joining"
EARNED = "earned:"  # before a unit's name: what purchases of a day earned of it
_CALLED = {
    SPEND: Text(zh="实付", en="spending"),
    VISITS: Text(zh="购物次数", en="purchases"),
    ACTIVE_MONTHS: Text(zh="有购物的月份", en="months with a purchase"),
}


class Step(Base):
    """From one rung to a higher one when `measure` reaches `reach` (yuan) over the last `months`, or in the calendar
    quarter or year (`within`); without either since joining."""

    since: Slug
    to: Slug
    measure: Slug = SPEND
    reach: Yuan
    months: Positive | None = None
    within: Period | None = None


class Multiple(Base):
    """From one rung to a higher one for so many `times` what the step to the lower one takes."""

    since: Slug
    to: Slug
    times: Rate
    months: Positive | None = None


class Climb(Base):
    """From one rung to a higher one when so many (`least`) of `measure` were counted over the last `months`,
    or `within` the calendar quarter or year."""

    since: Slug
    to: Slug
    measure: Slug
    least: Positive
    months: Positive | None = None
    within: Period | None = None


class Also(Base):
    """What any way up to `to` takes besides."""

    to: Slug
    measure: Slug
    least: Positive
    months: Positive | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a measure (fen for spend) over the last `months` or `within` a calendar period; else since joining."""

    measure: str
    reach: int
    months: int | None
    within: Period | None = None

    @property
    def money(self) -> bool:
        return self.measure == SPEND

    @property
    def key(self) -> str:
        """The measure kept per day that is summed."""
        return key_of(self.measure)

    def total(self, facts: MemberFacts, day: date) -> int:
        """How much of it there is on `day`."""
        if self.measure == ACTIVE_MONTHS:
            return len(set(self._active(facts, day)))
        first, last = window(day, self.months)
        return facts.sum(self.key, _begun(self.within, day) if self.within else first, last)

    def _active(self, facts: MemberFacts, day: date) -> Iterator[date]:
        first = add_months(month_start(day), 1 - (self.months or EVER))
        for each, told in facts.days.items():
            if first <= each <= day and told.get(VISITS, 0) > 0:
                yield month_start(each)

    def told(self, programme: Programme, total: int) -> dict[str, object]:
        """What a sentence says of it."""
        told: dict[str, object] = {"months": self.months, "over": over(self), "total": total, "reach": self.reach}
        if not self.money:
            called = _CALLED.get(self.measure) or programme.units.get(self.measure) or Text(zh="积分", en="points")
            told["measure"] = {"zh": called.zh, "en": called.en}
        return told


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one rung to a higher one: all its `parts` are asked for, the clause's own first."""

    clause: Clause
    since: str
    to: str
    parts: tuple[Part, ...]

    def reached(self, facts: MemberFacts, day: date) -> bool:
        return all(part.total(facts, day) >= part.reach for part in self.parts)

    def wanting(self, facts: MemberFacts, day: date) -> tuple[Part, int]:
        """The first part that is not reached on `day`, and how much of it there is; the clause's own where all are."""
        totals = [part.total(facts, day) for part in self.parts]
        pairs = zip(self.parts, totals, strict=True)
        return next(((part, total) for part, total in pairs if total < part.reach), (self.parts[0], totals[0]))


@once
def ways(programme: Programme) -> tuple[Way, ...]:
    """All ways up, in the file's order, amounts worked out."""
    clauses = programme.of("tier_ladder")
    also: dict[str, tuple[Part, ...]] = {}
    for clause in clauses:
        for each in _of(clause).also:
            also[each.to] = (*also.get(each.to, ()), Part(each.measure, each.least, each.months))
    found = []
    for clause in clauses:
        for step in _of(clause).promote:
            part = Part(step.measure, step.reach, step.months, step.within)
            found.append(Way(clause, step.since, step.to, (part, *also.get(step.to, ()))))
        for more in _of(clause).multiply:
            part = Part(SPEND, _amount(programme, more), more.months)
            found.append(Way(clause, more.since, more.to, (part, *also.get(more.to, ()))))
        for climb in _of(clause).climb:
            part = Part(climb.measure, climb.least, climb.months, climb.within)
            found.append(Way(clause, climb.since, climb.to, (part, *also.get(climb.to, ()))))
    return tuple(found)


def key_of(measure: str) -> str:
    """The measure kept per day that a ladder's measure is counted from."""
    if measure == ACTIVE_MONTHS:
        return VISITS
    return measure if measure in (SPEND, VISITS) else f"{EARNED}{measure}"


def from_tier(programme: Programme, tier: str) -> tuple[Way, ...]:
    return _by_tier(programme).get(tier, ())


@once
def _by_tier(programme: Programme) -> dict[str, tuple[Way, ...]]:
    found: dict[str, tuple[Way, ...]] = {}
    for way in ways(programme):
        found[way.since] = (*found.get(way.since, ()), way)
    return found


def _amount(programme: Programme, asked: Multiple) -> int:
    """What so many times the step below comes to, in whole fen; a multiple of a multiple follows it down."""
    given = [clause.parameters for clause in programme.of("tier_ladder")]
    steps = {step.to: step.reach for each in given for step in each.promote}  # type: ignore[attr-defined]
    multiples = {each.to: each for record in given for each in record.multiply}  # type: ignore[attr-defined]
    times, below = Fraction(asked.times), asked.since
    for _ in multiples:
        if below in steps or below not in multiples:
            break
        times, below = times * multiples[below].times, multiples[below].since
    amount: int = steps.get(below, 0)
    return math.ceil(times * amount)


def first_reached(
    programme: Programme, facts: MemberFacts, tier: str, days: tuple[date, ...]
) -> tuple[Way, date] | None:
    """The first way up from a tier that one of these days reaches, and the day."""
    ups = from_tier(programme, tier)
    for on in days:
        for way in ups:
            if way.reached(facts, on):
                return way, on
    return None


def highest(programme: Programme, facts: MemberFacts, first: date, last: date) -> tuple[Way, int] | None:
    """The last of the ways up from the member's tier that some day from `first` to `last` reaches, with its total."""
    days = sorted({last, *(day for day in facts.days if first <= day <= last)})
    tier, found = facts.tier, None
    while True:
        reached = [(way, day) for way in from_tier(programme, tier) for day in days if way.reached(facts, day)]
        if not reached:
            return found
        way = reached[0][0]
        best = max(way.parts[0].total(facts, day) for each, day in reached if each is way)
        tier, found = way.to, (way, best)


@lru_cache(maxsize=1024)  # every sale of a day asks for the same
def window(day: date, months: int | None) -> tuple[date, date]:
    """The local days of a rolling window that ends on `day`, both included: six months to 30 June begin 31 December."""
    return add_months(day, -(months or EVER)) + timedelta(days=1), day


def _begun(within: Period, day: date) -> date:
    return quarter_start(day) if within == "quarter" else date(day.year, 1, 1)


def over(part: Part) -> dict[str, str]:
    """The time a part looks at, in words."""
    if part.within is not None:
        return _WITHIN[part.within]
    if part.months is None:
        return {"zh": "入会以来", "en": "since joining"}
    if part.measure == ACTIVE_MONTHS:
        return {
            "zh": f"近 {part.months} 个自然月",
            "en": f"in the last {part.months} calendar {either(part.months, 'month', 'months')}",
        }
    return {"zh": f"近 {part.months} 个月", "en": f"in the last {part.months} {either(part.months, 'month', 'months')}"}


def months_back(programme: Programme) -> int:
    """How many months of measures the ladder looks back at most."""
    parts = (part for way in ways(programme) for part in way.parts)
    return max((looks_back(part.months, part.within) for part in parts), default=0)


def looks_back(months: int | None, within: Period | None) -> int:
    """How many months lie at most in what is looked at."""
    return months or (_LONG[within] if within else EVER)


@once
def earned_units(programme: Programme) -> tuple[str, ...]:
    """The units whose earning the ladder counts, so that purchases must tally it."""
    parts = (part for way in ways(programme) for part in way.parts)
    named = (part.measure for part in parts if part.measure not in (SPEND, VISITS, ACTIVE_MONTHS))
    return tuple(dict.fromkeys(named))


def _of(clause: Clause) -> Any:
    return clause.parameters
