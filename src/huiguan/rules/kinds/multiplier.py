"""Multiplier: on certain days, or for certain tiers, what was earned counts more than once.

"Double points on the birthday" is applied to the units after they were cut down to whole steps: 1 becomes 2, never the
3 that doubling the amount paid might have brought. The birthday is that of the member whose account earns, whoever
comes to buy; born on 29 February, it is the clause's leap day in common years. "On every date with an eight", "at
weekends", "from 1 to 11 November" are days; "silver 1.2 times, gold one and a half" holds every day, tier by tier.

Where several meet on one purchase, a clause says how they come together: the highest alone, all added, or one after the
other.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Earn, Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.once import once
from huiguan.rules.parameters import DayOfYear, MonthDay, Positive, Rate, Slug, as_number
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "checkout"
TITLE = Text(zh="积分加倍", en="Points times")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Together = Literal["highest", "added", "in_turn", "highest_day"]


def _more_than_one(times: Fraction) -> Fraction:
    if not 1 < times <= 100:
        raise Fault("倍数须大于 1，至多 100", "must be more than 1 and at most 100")
    return times


Times = Annotated[Rate, AfterValidator(_more_than_one)]


class Parameters(Base):
    """What is earned of `unit` counts `times`, or as `tiers` has it. `on` the member's birthday or in its month, on the
    `days` meant (`weekdays`, days of the month, `since` and `until` included; all that are given must hold), or every
    day. `leap_day` stands for 29 February in years that have none. `together`: how several come together."""

    unit: Slug
    on: Literal["birthday", "birthday_month", "days", "every_day"]
    times: Times | None = None
    tiers: dict[Slug, Times] = {}
    leap_day: DayOfYear = MonthDay((2, 28))
    weekdays: list[Weekday] = []
    month_days: list[Annotated[Positive, Field(le=31)]] = []
    since: date | None = None
    until: date | None = None
    together: Together | None = None

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.times is None and not self.tiers:
            raise Fault("写明倍数：times，或按等级的 tiers", "say how many times: times, or tiers for each tier")
        return self


SAYS = {
    "multiplied": Text(
        zh="生日当天积分 {times} 倍：{base:points} 分之外再得 {units:points} 分。",
        en="Points count {times} {times:time|times} on the birthday: {units:points} more on top of {base:points}.",
    ),
    "counted": Text(
        zh="积分按 {times} 倍计：{base:points} 分之外再得 {units:points} 分。",
        en="Points count {times} {times:time|times}: {units:points} more on top of {base:points}.",
    ),
}


FEBRUARY_28 = MonthDay((2, 28))


def birthday_in(year: int, born: date, leap_day: MonthDay = FEBRUARY_28) -> date:
    """The day of `year` on which somebody born on `born` has her birthday."""
    try:
        return born.replace(year=year)
    except ValueError:
        return leap_day.of(year)


def applying(programme: Programme, facts: MemberFacts, day: date) -> tuple[str, ...]:
    """The clauses that multiply what this member earns on local `day`."""
    return tuple(clause.id for clause in programme.of("multiplier") if _applies(clause, facts, day))


def _applies(clause: Clause, facts: MemberFacts, day: date) -> bool:
    parameters = _of(clause)
    if times_of(parameters, facts.tier) is None:
        return False
    born = facts.birthday
    if parameters.on == "birthday":
        return born is not None and day > born and birthday_in(day.year, born, parameters.leap_day) == day
    if parameters.on == "birthday_month":
        return born is not None and day > born and born.month == day.month
    return parameters.on == "every_day" or _meant(parameters, day)


def _meant(parameters: Parameters, day: date) -> bool:
    """Whether the days of a clause mean this one."""
    return (
        (not parameters.weekdays or WEEKDAYS[day.weekday()] in parameters.weekdays)
        and (not parameters.month_days or day.day in parameters.month_days)
        and (parameters.since is None or parameters.since <= day)
        and (parameters.until is None or day <= parameters.until)
    )


def times_of(parameters: Parameters, tier: str) -> Fraction | None:
    """How many times it counts for a tier; None where it does not."""
    return parameters.tiers.get(tier, parameters.times)


@once
def together(programme: Programme) -> Together:
    """How several multipliers of one purchase come together."""
    said = (_of(clause).together for clause in programme.of("multiplier"))
    return next((each for each in said if each is not None), "added")


def decide(programme: Programme, earned: tuple[Earn, ...], clauses: tuple[str, ...], tier: str = "") -> Decision:
    """What `clauses` add to the whole units `earned` by a member on `tier`; cut down to whole units clause by clause."""
    effects: list[Earn] = []
    reasons: list[Reason] = []
    base = dict[str, int]()
    for effect in earned:
        base[effect.unit] = base.get(effect.unit, 0) + effect.amount
    way = together(programme)
    for clause, times in _meeting(programme, clauses, tier, way):
        unit, on = _of(clause).unit, _of(clause).on
        units = int(base.get(unit, 0) * (times - 1))
        if not units:
            continue
        effects.append(Earn(clause.id, unit, units))
        values = {"times": as_number(times), "base": base[unit], "units": units, "unit": unit}
        reasons.append(Reason(clause.id, "multiplied" if on == "birthday" else "counted", True, values))
        if way in ("in_turn", "highest_day"):
            base[unit] += units
    return Decision(tuple(effects), tuple(reasons))


def _meeting(programme: Programme, clauses: tuple[str, ...], tier: str, way: Together) -> list[tuple[Clause, Fraction]]:
    """The clauses that count, each with its times: of one unit the highest alone, where the rulebook says so; with
    `highest_day` those of every day first, then the highest of those of a day."""
    found = [(programme.clauses[name], times_of(_of(programme.clauses[name]), tier)) for name in clauses]
    counted = [(clause, times) for clause, times in found if times is not None]
    if way not in ("highest", "highest_day"):
        return counted
    standing = [each for each in counted if way == "highest_day" and _of(each[0]).on == "every_day"]
    best: dict[str, tuple[Clause, Fraction]] = {}
    for clause, times in counted:
        if (clause, times) in standing:
            continue
        unit = _of(clause).unit
        if unit not in best or times > best[unit][1]:
            best[unit] = (clause, times)
    return [*standing, *best.values()]


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWICE = Text(
    zh="{other} 也规定了倍数；两个倍数怎样合并，没有写明（together）。",
    en="{other} already multiplies on the same day; how the two combine is not said (together).",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Several multipliers of one unit say how they come together, and say the same."""
    found: list[Finding] = []
    first: dict[str, Clause] = {}
    said = {_of(clause).together for clause in clauses} - {None}
    for clause in clauses:
        other = first.setdefault(_of(clause).unit, clause)
        if other is not clause and len(said) != 1:
            found.append(refused(programme, clause, "overlap", "on", _TWICE, other=other.id))
    return found
