"""Trade-up: units and some money for goods that cost more, at the till, while it lasts.

"500 points and 99 yuan for what costs 199": the member asks for it, the line is had at that price, and the units go with it.
Nothing else is taken off such a line by a discount; coupons, points and stored value pay the money like any other. What
comes back brings its units back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, PriceLine, Reason, Refuse, Spend
from huiguan.rules.facts import TRADED, Bill, MemberFacts, Step
from huiguan.rules.findings import Finding
from huiguan.rules.kinds.allocation import unknown_tiers
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "checkout"
TITLE = Text(zh="积分换购", en="Trade-up")
Sku = Annotated[str, Field(pattern=r"^\S{1,60}$")]


class Goods(Base):
    """One piece of `sku` for so many `units` and `pay` yuan."""

    sku: Sku
    units: Positive
    pay: Yuan


class Parameters(Base):
    """`goods` that may be had for `unit` and money, from `since` to `until` (both days included), by these `tiers` (all where
    none is named)."""

    unit: Slug
    goods: Annotated[list[Goods], Field(min_length=1)]
    since: date | None = None
    until: date | None = None
    tiers: list[Slug] = []


SAYS = {
    "traded": Text(
        zh="{sku} 换购 {pieces} 件：{units:points} 分另付 {pay:yuan}，省 {off:yuan}。",
        en="{pieces} of {sku} traded up: {units:points} {units:point|points} and {pay:yuan}, {off:yuan} less.",
    ),
    "ready": Text(
        zh="{sku} 可以换购：{units:points} 分另付 {pay:yuan}，省 {off:yuan}。",
        en="{sku} may be traded up: {units:points} {units:point|points} and {pay:yuan}, {off:yuan} less.",
    ),
    "outside": Text(zh="{sku} 的换购不在这一天。", en="{sku} is not traded up on this day."),
    "for_tiers": Text(zh="{sku} 的换购不给这个等级。", en="{sku} is not traded up for this tier."),
    "not_bought": Text(zh="这一单没有 {sku}。", en="There is no {sku} on this sale."),
    "no_gain": Text(
        zh="{sku} 现价不高于换购价，不必用分。", en="{sku} costs no more than the trade-up; no points are needed."
    ),
    "short": Text(
        zh="换购 {sku} 要 {needs:points} 分，余 {has:points} 分，差 {gap:points} 分。",
        en="Trading {sku} up takes {needs:points} {needs:point|points}: {has:points} are left, {gap:points} short.",
    ),
}
REFUSALS = {
    "outside": ("OutsideWindow", "window"),
    "for_tiers": ("WayNotOffered", "window"),
    "not_bought": ("WayNotOffered", "window"),
    "no_gain": ("WayNotOffered", "window"),
    "short": ("BalanceTooLow", "balance"),
}


@once
def offers(programme: Programme) -> dict[str, tuple[tuple[Clause, Goods], ...]]:
    """The trade-ups of each SKU, in the file's order."""
    found: dict[str, tuple[tuple[Clause, Goods], ...]] = {}
    for clause in programme.of("trade_up"):
        for goods in _of(clause).goods:
            found[goods.sku] = (*found.get(goods.sku, ()), (clause, goods))
    return found


def decide(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """What was asked for is had at its price, or refused; what was not is offered, or said why not."""
    known = offers(programme)
    if not known:
        return NOTHING
    sale, spent = bill.sale, dict[str, int]()
    decisions = []
    for sku in dict.fromkeys([*sale.trades, *(line.sku for line in sale.lines)]):
        if sku not in known:
            continue
        clause, goods = _chosen(known[sku], facts, sale.day)
        one = _one(clause, goods, facts, bill, spent)
        decisions.append(one)
        for effect in one.effects:
            if isinstance(effect, Spend):
                spent[effect.unit] = spent.get(effect.unit, 0) + effect.amount
    return Decision(
        tuple(effect for one in decisions for effect in one.effects),
        tuple(reason for one in decisions for reason in one.reasons),
    )


def _chosen(known: tuple[tuple[Clause, Goods], ...], facts: MemberFacts, day: date) -> tuple[Clause, Goods]:
    """Of several trade-ups of one thing the first that is open to the member on the day; else the first."""
    return next((each for each in known if _closed(_of(each[0]), facts, day) is None), known[0])


def _one(clause: Clause, goods: Goods, facts: MemberFacts, bill: Bill, spent: dict[str, int]) -> Decision:
    unit, asked = _of(clause).unit, goods.sku in bill.sale.trades
    pieces, off = _worth(goods, bill)
    needs, has = goods.units * pieces, facts.available(unit, bill.sale.at) - spent.get(unit, 0)
    told = {"sku": goods.sku, "pieces": pieces, "units": needs, "pay": goods.pay * pieces, "off": off, "unit": unit}
    say = _closed(_of(clause), facts, bill.sale.day) or _useless(pieces, off)
    if say is None and needs > has:
        say, told = "short", told | {"needs": needs, "has": has, "gap": needs - has}
    if say is not None:
        stop = Reason(clause.id, say, False, told)
        return _refused(stop) if asked else Decision(reasons=(stop,) if say == "short" else ())
    if not asked:
        return Decision(reasons=(Reason(clause.id, "ready", False, told),))
    effects = (PriceLine(clause.id, _step(clause, goods, bill)), Spend(clause.id, unit, needs, "trade_up"))
    return Decision(effects, (Reason(clause.id, "traded", True, told),))


def _refused(stop: Reason) -> Decision:
    code, rank = REFUSALS[stop.say]
    return Decision((Refuse(stop.clause, code, rank, "trade_ups", {"reason": stop}),), (stop,))


def _closed(parameters: Parameters, facts: MemberFacts, day: date) -> str | None:
    """Why it is not to be had by this member on this day."""
    early, late = parameters.since and day < parameters.since, parameters.until and day > parameters.until
    if early or late:
        return "outside"
    return "for_tiers" if parameters.tiers and facts.tier not in parameters.tiers else None


def _useless(pieces: int, off: int) -> str | None:
    return "not_bought" if not pieces else "no_gain" if off <= 0 else None


def _worth(goods: Goods, bill: Bill) -> tuple[int, int]:
    """How many pieces are bought, and by how much less they are had."""
    lines = [line for line in bill.sale.lines if line.sku == goods.sku]
    pieces = sum(line.quantity for line in lines)
    return pieces, sum(line.price for line in lines) - goods.pay * pieces


def _step(clause: Clause, goods: Goods, bill: Bill) -> Step:
    lines = bill.sale.lines
    offs = tuple(line.price - goods.pay * line.quantity if line.sku == goods.sku else 0 for line in lines)
    pieces = sum(line.quantity for line in lines if line.sku == goods.sku)
    return Step(f"{TRADED}{goods.sku}", clause.id, offs, units=goods.units * pieces)


def again(programme: Programme, bill: Bill, step: Step) -> Step:
    """What was traded up, of what is left of the sale."""
    clause, sku = programme.clauses[step.clause], step.name.removeprefix(TRADED)
    goods = next(each for each in _of(clause).goods if each.sku == sku)
    return _step(clause, goods, bill)


def less(facts: MemberFacts, decision: Decision) -> MemberFacts:
    """The member with what she traded set aside: the same units do not pay twice."""
    held = dict(facts.held)
    for effect in decision.effects:
        if isinstance(effect, Spend):
            held[effect.unit] = held.get(effect.unit, 0) + effect.amount
    return replace(facts, held=held) if held != facts.held else facts


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWICE = Text(zh="{sku} 写了两次。", en="{sku} is named twice.")
_BACKWARDS = Text(zh="结束早于开始。", en="It ends before it begins.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A clause names a thing once, ends after it begins, and is for tiers there are."""
    found: list[Finding] = []
    for clause in clauses:
        parameters, seen = _of(clause), set[str]()
        for goods in parameters.goods:
            if goods.sku in seen:
                found.append(refused(programme, clause, "overlap", "goods", _TWICE, sku=goods.sku))
            seen.add(goods.sku)
        if parameters.since and parameters.until and parameters.until < parameters.since:
            found.append(refused(programme, clause, "backwards", "until", _BACKWARDS))
        found += unknown_tiers(programme, clause, "tiers", parameters.tiers)
    return found
