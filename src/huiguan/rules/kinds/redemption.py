"""Redemption: units turned into gifts, or into money off a sale, in stated months and so often in each.

Clauses of one unit are read together: one may name the months and how often, another the ways and what a unit is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from huiguan.kernel.amounts import allocate
from huiguan.kernel.moments import month_end, month_start
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, PriceLine, Reason, Refuse, Spend, Tally
from huiguan.rules.facts import Bill, MemberFacts, Step
from huiguan.rules.parameters import Month, Positive, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Programme

ROOM = "checkout"
TITLE = Text(zh="积分兑换", en="Redemption")
Way = Literal["gift", "offset"]


class Parameters(Base):
    """`months` in which units may be redeemed, `times` in each such month; `ways`; `worth` yuan one unit takes off."""

    unit: Slug
    months: list[Month] = []
    times: Positive | None = None
    ways: list[Way] = []
    worth: Yuan | None = None


SAYS = {
    "offset": Text(
        zh="{units:points} 分抵 {off:yuan}，先于折扣；抵扣的部分不再积分。",
        en="{units:points} points pay {off:yuan}, before the discount; that part earns nothing.",
    ),
    "redeemed": Text(zh="{units:points} 分兑换。", en="{units:points} points redeemed."),
    "ready": Text(
        zh="可用 {units:points} 分，抵 {off:yuan}，本单未用。",
        en="{units:points} points could pay {off:yuan}; they were not asked for.",
    ),
    "outside": Text(
        zh="只在 {months:months}可兑，下一次在 {next_year} 年 {next_month:month}。",
        en="Points may be redeemed in {months:months}; next in {next_month:month} {next_year}.",
    ),
    "used": Text(
        zh="{month:month}的 {times} 次已在 {on:monthday} 用过。下一次在 {next_year} 年 {next_month:month}。",
        en="All {times} of {month:month} were used on {on:monthday}. The next is in {next_month:month} {next_year}.",
    ),
    "short": Text(
        zh="余 {has:points} 分，要用 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} points short: the balance is {has:points}, this takes {needs:points}.",
    ),
    "too_much": Text(zh="本单至多抵 {most:points} 分。", en="At most {most:points} points can go towards this sale."),
    "no_such_way": Text(zh="积分不能这样用。", en="Points cannot be used in this way."),
}
REFUSALS = {
    "outside": ("OutsideWindow", "window"),
    "used": ("LimitReached", "limit"),
    "short": ("BalanceTooLow", "balance"),
    "too_much": ("MoreThanDue", "limit"),
    "no_such_way": ("WayNotOffered", "window"),
}
MEASURE = "used:redemption"


@dataclass(frozen=True, slots=True)
class Terms:
    """The clauses of one unit read together, with the clause each part comes from."""

    unit: str
    clause: str
    window_clause: str | None
    months: tuple[int, ...]
    times: int | None
    ways: tuple[Way, ...]
    worth: int


def terms(programme: Programme, unit: str | None = None) -> Terms | None:
    """The redemption terms of `unit`, or of the first unit that has any."""
    clauses = [c for c in programme.of("redemption") if unit in (None, c.parameters.unit)]  # type: ignore[attr-defined]
    main = next((c for c in clauses if c.parameters.ways), None)  # type: ignore[attr-defined]
    if main is None:
        return None
    window = next((c for c in clauses if c.parameters.months), None)  # type: ignore[attr-defined]
    asked: Parameters = main.parameters  # type: ignore[assignment]
    limits: Parameters | None = window.parameters if window else None  # type: ignore[assignment]
    return Terms(
        unit=asked.unit,
        clause=main.id,
        window_clause=window.id if window else None,
        months=tuple(limits.months) if limits else (),
        times=limits.times if limits else None,
        ways=tuple(asked.ways),
        worth=asked.worth or 0,
    )


def offset(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """Points asked for come off what is due at this stage; what was not asked for is offered, or said why not."""
    rule = terms(programme)
    if rule is None:
        return NOTHING
    asked, has = bill.sale.points, facts.available(rule.unit, bill.sale.at)
    stop = _stop(rule, facts, bill.sale.day, "offset")
    if not asked:
        return Decision(reasons=_offer(rule, stop, min(has, bill.due // rule.worth if rule.worth else 0)))
    if stop is None and asked * rule.worth > bill.due:
        stop = Reason(rule.clause, "too_much", False, {"most": bill.due // rule.worth})
    if stop is None and asked > has:
        stop = short(rule, has, asked)
    if stop is not None:
        return _refused(stop, "points")
    step = step_of(rule, bill, asked)
    effects = (PriceLine(rule.clause, step), Spend(rule.clause, rule.unit, asked, "offset"), Tally(None, MEASURE, 1))
    return Decision(effects, (Reason(rule.clause, "offset", True, {"units": asked, "off": step.off}),))


def step_of(rule: Terms, bill: Bill, units: int) -> Step:
    """`units` as money off the lines, spread by what each still owes."""
    return Step("points", rule.clause, tuple(allocate(units * rule.worth, bill.due_lines)), units=units)


def redeem(programme: Programme, facts: MemberFacts, *, at: datetime, day: date, units: int, way: Way) -> Decision:
    """Units for a gift, outside any sale."""
    rule = terms(programme)
    if rule is None:
        return NOTHING
    stop = _stop(rule, facts, day, way)
    has = facts.available(rule.unit, at)
    if stop is None and units > has:
        stop = short(rule, has, units)
    if stop is not None:
        return _refused(stop, "points")
    effects = (Spend(rule.clause, rule.unit, units, "redemption"), Tally(None, MEASURE, 1))
    return Decision(effects, (Reason(rule.clause, "redeemed", True, {"units": units}),))


def short(rule: Terms, has: int, needs: int) -> Reason:
    return Reason(rule.clause, "short", False, {"has": has, "needs": needs, "gap": needs - has})


def _refused(stop: Reason, field: str) -> Decision:
    code, rank = REFUSALS[stop.say]
    return Decision((Refuse(stop.clause, code, rank, field, {"reason": stop}),), (stop,))


def _offer(rule: Terms, stop: Reason | None, units: int) -> tuple[Reason, ...]:
    if stop is not None:
        return (stop,) if stop.say != "no_such_way" else ()
    return (Reason(rule.clause, "ready", False, {"units": units, "off": units * rule.worth}),) if units > 0 else ()


def _stop(rule: Terms, facts: MemberFacts, day: date, way: Way) -> Reason | None:
    if way not in rule.ways:
        return Reason(rule.clause, "no_such_way", False, {})
    if rule.window_clause is None:
        return None
    if day.month not in rule.months:
        return Reason(rule.window_clause, "outside", False, {"months": list(rule.months), **_next(rule, day)})
    if rule.times is None or facts.sum(MEASURE, month_start(day), month_end(day)) < rule.times:
        return None
    used = [d for d, v in facts.days.items() if month_start(day) <= d <= month_end(day) and v.get(MEASURE, 0) > 0]
    values = {"month": day.month, "times": rule.times, "on": max(used).isoformat(), **_next(rule, day)}
    return Reason(rule.window_clause, "used", False, values)


def _next(rule: Terms, day: date) -> dict[str, int]:
    later = [month for month in sorted(rule.months) if month > day.month]
    return {"next_year": day.year if later else day.year + 1, "next_month": later[0] if later else min(rule.months)}
