"""Limit: how many pieces a member may have of some goods in a period.

"Two a month of what is in demand", bought at the till or had in the mall: both count together. What comes back is counted
no more, on the day it was bought. Tiers may be left out of it, or each have a number of its own by a clause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from huiguan.kernel.moments import add_months, month_end
from huiguan.kernel.text import Text
from huiguan.rules.conditions import LineCondition
from huiguan.rules.effects import Decision, Effect, Reason, Refuse, Tally
from huiguan.rules.facts import Line, MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import line_values

ROOM = "checkout"
TITLE = Text(zh="限购", en="Limits on quantity")


class Parameters(Base):
    """At most `quantity` pieces of goods `where` the condition holds, `per` period, for members of these `tiers` (all
    where none is named)."""

    where: LineCondition
    quantity: Positive
    per: Literal["day", "month", "quarter", "year"]
    tiers: list[Slug] = []


SAYS = {
    "day": Text(zh="每天限 {most} 件，已有 {had} 件。", en="At most {most} a day; {had} are had already."),
    "month": Text(zh="每月限 {most} 件，本月已有 {had} 件。", en="At most {most} a month; {had} are had this month."),
    "quarter": Text(
        zh="每季限 {most} 件，本季已有 {had} 件。", en="At most {most} a quarter; {had} are had this quarter."
    ),
    "year": Text(zh="每年限 {most} 件，今年已有 {had} 件。", en="At most {most} a year; {had} are had this year."),
}


def measure(clause: str) -> str:
    """What a local day counts for a clause: pieces bought under it."""
    return f"bought:{clause}"


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period(per: str, day: date) -> tuple[date, date]:
    """The days of the period `day` lies in, both ends included."""
    if per == "day":
        return day, day
    months = _MONTHS[per]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, month_end(add_months(first, months - 1))


def counted(programme: Programme, lines: Iterable[Line]) -> dict[str, int]:
    """measure -> pieces these lines count under it."""
    kept = [line for line in lines if line.quantity]
    counts = {
        measure(clause.id): sum(line.quantity for line in kept if holds(said(clause).where, line_values(line)))
        for clause in programme.of("limit")
    }
    return {name: pieces for name, pieces in counts.items() if pieces}


def decide(programme: Programme, facts: MemberFacts, lines: tuple[Line, ...], day: date, field: str = "") -> Decision:
    """What these lines count, and the limits they would go beyond; `field` is at fault where it is named, else the line."""
    counts = counted(programme, lines)
    effects: list[Effect] = []
    reasons: list[Reason] = []
    for clause in programme.of("limit"):
        pieces, said_here = counts.get(measure(clause.id), 0), said(clause)
        if not pieces:
            continue
        effects.append(Tally(clause.id, measure(clause.id), pieces))
        # The whole period: what was bought later in it counts for a sale that arrives late.
        had = facts.sum(measure(clause.id), *period(said_here.per, day))
        if (not said_here.tiers or facts.tier in said_here.tiers) and had + pieces > said_here.quantity:
            why = Reason(clause.id, said_here.per, False, {"most": said_here.quantity, "had": had})
            at_fault = field or f"lines.{_beyond(said_here, lines, said_here.quantity - had)}"
            effects.append(Refuse(clause.id, "LimitReached", "limit", at_fault, {"reason": why}))
            reasons.append(why)
    return Decision(tuple(effects), tuple(reasons))


def _beyond(said: Parameters, lines: tuple[Line, ...], left: int) -> int:
    """The line, from 0, with which more than `left` pieces are asked for."""
    for i, line in enumerate(lines):
        left -= line.quantity if holds(said.where, line_values(line)) else 0
        if left < 0:
            return i
    return 0


def said(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_UNKNOWN = Text(zh="没有“{tier}”这个等级。", en="There is no tier {tier}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """The tiers named are there."""
    known = {rung.tier for rung in tier_ladder.rungs(programme)}
    return [
        refused(programme, clause, "unknown_tier", "tiers", _UNKNOWN, tier=tier)
        for clause in clauses
        for tier in said(clause).tiers
        if tier not in known
    ]
