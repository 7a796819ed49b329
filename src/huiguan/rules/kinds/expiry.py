"""Expiry: when what was earned is cleared.

A yearly clearing on `clears` at 24:00 takes what was earned up to `takes_until` 24:00 of the same year; what came
later lives on to the next clearing. Or each lot lives so many months of its own, from the day it was earned. Newcomers may be spared every clearing of the calendar year they joined in.
Clauses of one unit are read together: the cut-off, the months carried over and the cycle restate each other and must
agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.text import Text
from huiguan.rules.once import once
from huiguan.rules.parameters import DayOfYear, Month, MonthDay, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme

ROOM = "ledger"
TITLE = Text(zh="清零", en="Expiry")


class Cycle(Base):
    """The earning year, both days included."""

    since: DayOfYear
    until: DayOfYear


class Parameters(Base):
    """`clears` and `takes_until` days of the year (their 24:00), or `months` each lot lives, to the 24:00 of that day; `carries` months whose units survive the clearing of
    their year; `newcomers`; `cycle` the earning year; `spend` which lots are used first."""

    unit: Slug
    clears: DayOfYear | None = None
    takes_until: DayOfYear | None = None
    months: Annotated[Positive, Field(le=1200)] | None = None
    carries: list[Month] = []
    newcomers: Literal["skip_first"] | None = None
    cycle: Cycle | None = None
    spend: Literal["oldest", "soonest"] | None = None


SAYS = {
    "stamped": Text(zh="有效至 {until}。", en="Good until {until}."),
    "cleared": Text(
        zh="{until} 清零：{earned:day} 入账的 {units:points} 分未用。",
        en="Cleared at {until}: {units:points} {units:point|points} earned on {earned:day} {units:was|were} not used.",
    ),
}


@dataclass(frozen=True, slots=True)
class Clearing:
    """The clauses of one unit read together."""

    clause: str
    newcomer_clause: str | None
    clears: MonthDay
    takes_until: MonthDay


def clearing(programme: Programme, unit: str) -> Clearing | None:
    """When units of one kind are cleared; None where they never are."""
    return _clearings(programme).get(unit)


@once
def _clearings(programme: Programme) -> dict[str, Clearing | None]:
    units = {clause.parameters.unit for clause in programme.of("expiry")}  # type: ignore[attr-defined]
    return {unit: _clearing(programme, unit) for unit in units}


def _clearing(programme: Programme, unit: str) -> Clearing | None:
    clauses = [clause for clause in programme.of("expiry") if clause.parameters.unit == unit]  # type: ignore[attr-defined]
    main = _having(clauses, "clears")
    if main is None:
        return None
    spared = _having(clauses, "newcomers")
    parameters: Parameters = main.parameters  # type: ignore[assignment]
    assert parameters.clears is not None
    until = parameters.takes_until or parameters.clears
    return Clearing(main.id, spared.id if spared else None, parameters.clears, until)


def _having(clauses: list[Clause], name: str) -> Clause | None:
    return next((clause for clause in clauses if getattr(clause.parameters, name)), None)


def expires_at(
    programme: Programme, unit: str, earned_at: datetime, joined_at: datetime
) -> tuple[datetime | None, str | None]:
    """When units earned at `earned_at` by a member who joined at `joined_at` are cleared, and by which clause.

    The moment is the first one at which they are gone (24:00 of the clearing day). (None, None): never.
    """
    rule = clearing(programme, unit)
    lives = _lives(programme).get(unit)
    if lives is not None:
        clause, months = lives
        day = add_months(local_day(earned_at, programme.zone), months)
        return at_day(day + timedelta(days=1), programme.zone), clause
    if rule is None:
        return None, None
    earned, joined = local_day(earned_at, programme.zone), local_day(joined_at, programme.zone)
    year = earned.year if earned <= rule.takes_until.of(earned.year) else earned.year + 1
    day, clause = rule.clears.of(year), rule.clause
    if rule.newcomer_clause and year == joined.year:
        day, clause = rule.clears.of(year + 1), rule.newcomer_clause
    return at_day(day + timedelta(days=1), programme.zone), clause


@once
def _lives(programme: Programme) -> dict[str, tuple[str, int]]:
    """The clause and the months by unit, where each lot has a life of its own."""
    said = [clause for clause in programme.of("expiry") if clause.parameters.months]  # type: ignore[attr-defined]
    return {c.parameters.unit: (c.id, c.parameters.months) for c in reversed(said)}  # type: ignore[attr-defined]


def spending_order(programme: Programme, unit: str) -> str:
    """Which lots a spend uses first: oldest, or soonest to expire."""
    return _orders(programme).get(unit, "oldest")


@once
def _orders(programme: Programme) -> dict[str, str]:
    """The order by unit, as the first clause that names one has it."""
    said = [clause.parameters for clause in programme.of("expiry") if clause.parameters.spend]  # type: ignore[attr-defined]
    return {each.unit: each.spend for each in reversed(said)}  # type: ignore[attr-defined]


_TWO_WAYS = Text(
    zh="各批各有期限（months），又规定了每年清零；两样只能有一样，期限也只能有一个。",
    en="Each lot has a life of its own (months) and a yearly clearing is said as well: one of the two, and one life.",
)


def _yearly(parameters: Parameters) -> bool:
    return bool(parameters.takes_until or parameters.carries or parameters.newcomers or parameters.cycle)


def disagreements(clauses: tuple[Clause, ...]) -> list[tuple[Clause, Text]]:
    """Where clauses of one unit contradict each other: the months carried over, the earning year."""
    found = []
    for clause in clauses:
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        same = [c.parameters for c in clauses if c.parameters.unit == parameters.unit]  # type: ignore[attr-defined]
        main = next((each for each in same if each.clears), None)  # type: ignore[attr-defined]
        if any(each.months for each in same):  # type: ignore[attr-defined]
            if main is not None or len({each.months for each in same} - {None}) > 1 or _yearly(parameters):  # type: ignore[attr-defined]
                found.append((clause, _TWO_WAYS))
            continue
        if main is None:
            found.append((clause, Text(zh="没有写明哪一天清零。", en="No clause says on which day it clears.")))
            continue
        until = (main.takes_until or main.clears).of(2001)  # type: ignore[attr-defined]
        after = until + timedelta(days=1)
        carried = list(range(after.month, 13)) if after.day == 1 and after.year == 2001 else []
        if parameters.carries and parameters.carries != carried:
            found.append(
                (
                    clause,
                    Text(zh="转入次年的月份与清零截止日不符。", en="The months carried over do not fit the cut-off."),
                )
            )
        cycle = parameters.cycle
        if cycle and (cycle.until.of(2001) != until or cycle.since.of(after.year) != after):
            found.append(
                (clause, Text(zh="积分周期与清零截止日不符。", en="The earning year does not fit the cut-off."))
            )
    return found
