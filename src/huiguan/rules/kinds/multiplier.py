"""Multiplier: on certain days what was earned counts more than once.

"Double points on the birthday" is applied to the units after they were cut down to whole steps: 1 becomes 2, never the
3 that doubling the amount paid might have brought. The birthday is that of the member whose account earns, whoever
comes to buy; born on 29 February, it is the clause's leap day in common years.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Earn, Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import DayOfYear, MonthDay, Slug, Whole
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "checkout"
TITLE = Text(zh="积分加倍", en="Points times")


class Parameters(Base):
    """What is earned of `unit` on the member's birthday counts `times`; `leap_day` stands for 29 February in years that
    have none."""

    unit: Slug
    on: Literal["birthday"]
    times: Annotated[Whole, Field(ge=2, le=100)]
    leap_day: DayOfYear = MonthDay((2, 28))


SAYS = {
    "multiplied": Text(
        zh="生日当天积分 {times} 倍：{base:points} 分之外再得 {units:points} 分。",
        en="Points count {times} times on the birthday: {units:points} more on top of {base:points}.",
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
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    born = facts.birthday
    return born is not None and day > born and birthday_in(day.year, born, parameters.leap_day) == day


def decide(programme: Programme, earned: tuple[Earn, ...], clauses: tuple[str, ...]) -> Decision:
    """What `clauses` add to the whole units `earned`."""
    effects: list[Earn] = []
    reasons: list[Reason] = []
    for name in clauses:
        parameters: Parameters = programme.clauses[name].parameters  # type: ignore[assignment]
        base = sum(effect.amount for effect in earned if effect.unit == parameters.unit)
        if base:
            units = base * (parameters.times - 1)
            effects.append(Earn(name, parameters.unit, units))
            values = {"times": parameters.times, "base": base, "units": units, "unit": parameters.unit}
            reasons.append(Reason(name, "multiplied", True, values))
    return Decision(tuple(effects), tuple(reasons))


_TWICE = Text(
    zh="{other} 已经规定了同一天的倍数；两个倍数怎样合并，没有写明。",
    en="{other} already multiplies on the same day; how the two combine is not said.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """One multiplier for a unit and an occasion."""
    found: list[Finding] = []
    first: dict[tuple[str, str], Clause] = {}
    for clause in clauses:
        key = (clause.parameters.unit, clause.parameters.on)  # type: ignore[attr-defined]
        if key in first:
            found.append(refused(programme, clause, "overlap", "on", _TWICE, other=first[key].id))
        first.setdefault(key, clause)
    return found
