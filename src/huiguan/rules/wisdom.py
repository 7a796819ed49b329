"""What can be run and should be looked at again before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.conditions import All, AnyOf, Compare, Condition, Count, Not
from huiguan.rules.findings import Finding
from huiguan.rules.heads import ROOMS_THAT_CAME
from huiguan.rules.kinds import benefit as benefits
from huiguan.rules.kinds import coupon, earn, expiry, redemption, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.remarks import unwise

HALF = Fraction(1, 2)

_REBATE = Text(
    zh="每付 {per:yuan} 返 {back:yuan}，合 {share:rate}，返还过半。",
    en="{back:yuan} comes back for every {per:yuan} paid, {share:rate}: half the price or more.",
)
_DEEP = Text(
    zh="{tier} 的 {benefit} 只付 {paid:rate}，让利过半。",
    en="{benefit} for {tier} leaves {paid:rate} to pay: half the price or more is given away.",
)
_SURCHARGE = Text(
    zh="{tier} 的 {benefit} 要付 {paid:rate}，比原价还高。",
    en="{benefit} for {tier} makes the member pay {paid:rate}, more than the price.",
)
_FALLS = Text(
    zh="{benefit}：{higher} 付 {more:rate}，反而高于低一级 {lower} 的 {less:rate}。",
    en="{benefit}: {higher} pays {more:rate}, more than the {less:rate} of {lower} below it.",
)
_LOST = Text(
    zh="{benefit}：{lower} 有折扣，高一级的 {higher} 却没有。",
    en="{benefit}: {lower} has a rate and {higher} above it has none.",
)
_LADDER = Text(
    zh="升到 {to} 只要 {reach:yuan}，不高于升到 {since} 的 {before:yuan}：一步可以连升两级。",
    en="{to} takes {reach:yuan}, no more than the {before:yuan} that {since} took: one purchase brings both.",
)
_AT_ONCE = Text(zh="门槛为 0，人人一买就升到 {to}。", en="The amount is 0: the first purchase makes everyone {to}.")
_NEVER_USED = Text(
    zh="{months:months}得到的积分在清零之前遇不到兑换的月份，永远用不上。",
    en="Points earned in {months:months} are cleared before any month in which they could be used.",
)
_NEVER = Text(zh="这个条件永远不会成立。", en="This condition can never hold.")
_REWARD_FALLS = Text(
    zh="{units:points} 分换 {worth:yuan}；同样多的分按 {fewer:points} 分一次换 {times} 次，可得 {better:yuan}：越往上越不划算。",
    en="{units:points} {units:point gives|points give} {worth:yuan}; taken {times} {times:time|times} at {fewer:points}, they give {better:yuan}: the ladder pays less higher up.",
)
_WORTHLESS = Text(zh="券面值为 0，送了等于没送。", en="The coupon is worth nothing.")
_CAME = Text(
    zh="“{room}”已经建成，不用再等：请改成会起作用的条款，或去掉 waits_for。",
    en="The room {room} is there by now: make this a clause that acts, or take waits_for away.",
)
_NO_WAY = Text(
    zh="写了兑换的月份，却没有写可以怎样兑换（ways）。",
    en="Months of redemption are named, but no way to redeem (ways): the window can never open.",
)


def findings(programme: Programme) -> list[Finding]:
    return [
        *_rebates(programme),
        *_rates(programme),
        *_rungs(programme),
        *_windows(programme),
        *_rewards(programme),
        *_coupons(programme),
        *_conditions(programme),
        *_waiting(programme),
    ]


def _rebates(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("earn"):
        parameters: Any = clause.parameters
        worth = earn.worth_of(programme, parameters.unit)
        if parameters.per is None or parameters.give * worth < parameters.per * HALF:
            continue
        back = parameters.give * worth
        told = {"per": parameters.per, "back": back, "share": Fraction(back, parameters.per or 1)}
        # Told of the clause that says what a unit is worth: it is the figure that makes the rebate.
        said = clause if parameters.worth else programme.first_of("redemption", unit=parameters.unit, worth=worth)
        path = "give" if parameters.worth else "worth"
        yield unwise(programme, said or clause, "rebate_of_half", path, _REBATE, **told)


def _rates(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("benefit"):
        for benefit, by_tier in clause.parameters.rates.items():  # type: ignore[attr-defined]
            for tier, paid in by_tier.items():
                told = {"tier": tier, "benefit": benefit, "paid": paid}
                # What comes free beside a purchase of some size is not half of that purchase.
                if paid <= HALF and clause.parameters.goods_from is None:  # type: ignore[attr-defined]
                    yield unwise(programme, clause, "half_price", f"rates.{benefit}", _DEEP, **told)
                if paid > 1:
                    yield unwise(programme, clause, "surcharge", f"rates.{benefit}", _SURCHARGE, **told)
    for benefit in benefits.table(programme).clauses:
        yield from _falling(programme, benefit)


def _falling(programme: Programme, benefit: str) -> Iterator[Finding]:
    order = [rung.tier for rung in tier_ladder.rungs(programme)]
    rates = [(tier, benefits.offered(programme, benefit, tier)) for tier in order]
    for (lower, less), (higher, more) in pairwise(rates):
        told = {"benefit": benefit, "lower": lower, "higher": higher}
        path = f"rates.{benefit}"
        if less is not None and more is None:
            yield unwise(programme, less[0], "benefit_falls", path, _LOST, **told)
        elif less is not None and more is not None and more[1] > less[1]:
            yield unwise(programme, more[0], "benefit_falls", path, _FALLS, less=less[1], more=more[1], **told)


def _rungs(programme: Programme) -> Iterator[Finding]:
    known = tier_ladder.ways(programme)
    into = {way.to: way.parts[0] for way in reversed(known)}
    for way in known:
        part = way.parts[0]
        if part.reach == 0:
            yield unwise(programme, way.clause, "reached_at_once", "promote", _AT_ONCE, to=way.to)
        before = into.get(way.since)
        same = before is not None and (before.measure, before.months) == (part.measure, part.months)
        if before is not None and same and part.money and part.reach <= before.reach:
            told = {"to": way.to, "since": way.since, "reach": part.reach, "before": before.reach}
            yield unwise(programme, way.clause, "ladder_falls", "promote", _LADDER, **told)


def _windows(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("redemption"):
        parameters: Any = clause.parameters
        if not parameters.months:
            continue
        if redemption.terms(programme, parameters.unit) is None:
            yield unwise(programme, clause, "never_opens", "months", _NO_WAY)
        rule = expiry.clearing(programme, parameters.unit)
        lost = [month for month in range(1, 13) if rule and not _usable(month, rule, set(parameters.months))]
        if lost:
            yield unwise(programme, clause, "never_opens", "months", _NEVER_USED, months=lost)


def _usable(earned: int, rule: expiry.Clearing, months: set[int]) -> bool:
    """Whether units earned in this month live into a month of redemption."""
    kept_on = rule.takes_until < (earned, 1)
    last = rule.clears[0] + (12 if kept_on else 0)
    return any((month - 1) % 12 + 1 in months for month in range(earned, last + 1))


def _rewards(programme: Programme) -> Iterator[Finding]:
    for unit in dict.fromkeys(clause.parameters.unit for clause in programme.of("redemption")):  # type: ignore[attr-defined]
        rule = redemption.terms(programme, unit)
        lower: list[tuple[int, int]] = []
        for units, (clause, reward) in rule.rewards.items() if rule else ():
            best = max(lower, key=lambda rung, most=units: most // rung[0] * rung[1], default=None)  # type: ignore[misc]
            lower.append((units, reward.worth))
            if best is None or units // best[0] * best[1] <= reward.worth:
                continue
            times = units // best[0]
            told = {"units": units, "worth": reward.worth, "fewer": best[0], "times": times, "better": times * best[1]}
            yield unwise(programme, clause, "ladder_pays_less", "rewards", _REWARD_FALLS, **told)


def _coupons(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("grant"):
        given: Any = clause.parameters
        if given.worth == 0 and given.gives == "coupon" and given.name not in coupon.products(programme):
            yield unwise(programme, clause, "worthless", "worth", _WORTHLESS)


def _waiting(programme: Programme) -> Iterator[Finding]:
    for clause in programme.clauses.values():
        if clause.waits_for in ROOMS_THAT_CAME:
            yield unwise(programme, clause, "room_there", "waits_for", _CAME, room=clause.waits_for)


def _conditions(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("segment"):
        if never(clause.parameters.where):  # type: ignore[attr-defined]
            yield unwise(programme, clause, "never_holds", "where", _NEVER)


def never(what: Condition) -> bool:
    """Whether it can be seen from the condition alone that nothing fulfils it. Bounds and lists side by side are
    compared; what is spread over `not` and `any` is not worked out."""
    match what:
        case All(parts=parts):
            return any(never(part) for part in parts) or _empty([part for part in parts if isinstance(part, Compare)])
        case AnyOf(parts=parts):
            return all(never(part) for part in parts)
        case Compare():
            return _empty([what])
        case Count():
            return _empty_range(what.bounds, whole=True) or ("under", 0) in what.bounds
        case Not():
            return False


def _empty(compares: list[Compare]) -> bool:
    by_fact: dict[str, list[Compare]] = {}
    for compare in compares:
        by_fact.setdefault(compare.fact.name, []).append(compare)
    return any(_clash(each) for each in by_fact.values())


def _clash(compares: list[Compare]) -> bool:
    bounds = [(c.operator, c.value) for c in compares]
    sets = [{c.value} if c.operator == "is" else set(c.value) for c in compares if c.operator in ("is", "in")]
    whole = compares[0].fact.type in ("whole", "money")
    if sets and not set.intersection(*sets):
        return True
    return _empty_range(tuple(bound for bound in bounds if bound[0] in ("from", "to", "over", "under")), whole=whole)


def _empty_range(bounds: tuple[tuple[str, Any], ...], *, whole: bool) -> bool:
    for low, least in bounds:
        for high, most in bounds:
            if low not in ("from", "over") or high not in ("to", "under"):
                continue
            open_ends = (low == "over") + (high == "under")
            if least > most or (least == most and open_ends) or (whole and open_ends == 2 and most - least < 2):
                return True
    return False
