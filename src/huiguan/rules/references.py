"""Every word that names something said in another clause must find it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.climbing import COUNTED
from huiguan.rules.conditions import All, AnyOf, Compare, Condition, Count, Not
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import stacking, tier_ladder
from huiguan.rules.kinds.benefit import ANY
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

_UNKNOWN = {
    "tier": Text(zh="没有 {name} 这个等级。{near}", en="There is no tier {name}.{near}"),
    "benefit": Text(zh="没有 {name} 这项权益。{near}", en="There is no benefit {name}.{near}"),
    "stage": Text(zh="次序里没有 {name} 这一步。{near}", en="The order has no stage {name}.{near}"),
    "unit": Text(zh="没有 {name} 这种单位。{near}", en="There is no unit {name}.{near}"),
    "grant": Text(zh="没有名为 {name} 的赠券。{near}", en="There is no grant named {name}.{near}"),
}
_NO_APPLY = Text(
    zh="没有写明 {name} 是自动（always）还是须提出（asked）。",
    en="It is not said whether {name} comes of itself (always) or is asked for (asked).",
)
_DOWNWARD = Text(zh="{since} 并不低于 {to}，不是晋级。", en="{since} is not below {to}; that is no promotion.")
_TIER_TWICE = Text(zh="等级 {tier} 写了两次。", en="The tier {tier} is listed twice.")
_NO_COUPON = Text(
    zh="没有名为 {name} 的券；也可写 coupons、points、discount。{near}",
    en="There is no coupon {name}; coupons, points and discount may be named too.{near}",
)
_NO_STEP = Text(zh="“{key}”不能为 0。", en="{key} cannot be 0.")


def findings(programme: Programme) -> list[Finding]:
    return [
        *_ladder(programme),
        *_benefits(programme),
        *_stages(programme),
        *_units(programme),
        *_earning_tiers(programme),
        *_steps_of_nothing(programme),
        *_segments(programme),
        *_coupons(programme),
    ]


def _unknown(
    programme: Programme, clause: Clause, what: str, path: str, name: str, known: set[str]
) -> Iterator[Finding]:
    if name not in known:
        near = suggestion(name, known)
        yield refused(programme, clause, f"unknown_{what}", path, _UNKNOWN[what], name=name, near=near)


def _tiers(programme: Programme) -> list[str]:
    return [rung.tier for rung in tier_ladder.rungs(programme)]


def _ladder(programme: Programme) -> Iterator[Finding]:
    tiers, seen = _tiers(programme), set()
    for clause in programme.of("tier_ladder"):
        for rung in clause.parameters.rungs:  # type: ignore[attr-defined]
            if rung.tier in seen:
                yield refused(programme, clause, "tier_twice", "rungs", _TIER_TWICE, tier=rung.tier)
            seen.add(rung.tier)
        for name in clause.parameters.with_card:  # type: ignore[attr-defined]
            yield from _unknown(programme, clause, "tier", "with_card", name, set(tiers))
        for keep in clause.parameters.keep:  # type: ignore[attr-defined]
            for name in (keep.tier, keep.falls_to):
                yield from _unknown(programme, clause, "tier", "keep", name, set(tiers))
        yield from _steps(programme, clause, tiers)


def _steps(programme: Programme, clause: Clause, tiers: list[str]) -> Iterator[Finding]:
    """Steps between known rungs, upward, by measures that are counted."""
    units = {*programme.units, *(c.parameters.unit for c in programme.of("earn"))}  # type: ignore[attr-defined]
    given: Any = clause.parameters
    for path, steps in (("promote", given.promote), ("multiply", given.multiply), ("climb", given.climb)):
        for step in steps:
            for name in (step.since, step.to):
                yield from _unknown(programme, clause, "tier", path, name, set(tiers))
            if {step.since, step.to} <= set(tiers) and tiers.index(step.since) >= tiers.index(step.to):
                yield refused(programme, clause, "downward", path, _DOWNWARD, since=step.since, to=step.to)
    for path, asked in (("climb", given.climb), ("also", given.also)):
        for each in asked:
            yield from _unknown(programme, clause, "tier", path, each.to, set(tiers))
            if each.measure not in COUNTED:
                yield from _unknown(programme, clause, "unit", path, each.measure, units)


def _benefits(programme: Programme) -> Iterator[Finding]:
    tiers = {*_tiers(programme), ANY}
    named = {benefit for clause in programme.of("benefit") for benefit in clause.parameters.rates}  # type: ignore[attr-defined]
    applied = {benefit for clause in programme.of("benefit") for benefit in clause.parameters.apply}  # type: ignore[attr-defined]
    for clause in programme.of("benefit"):
        parameters: Any = clause.parameters
        for benefit, by_tier in parameters.rates.items():
            for tier in by_tier:
                yield from _unknown(programme, clause, "tier", f"rates.{benefit}", tier, tiers)
            if benefit not in applied:
                yield refused(programme, clause, "no_apply", "apply", _NO_APPLY, name=benefit)
        for benefit in parameters.apply:
            yield from _unknown(programme, clause, "benefit", "apply", benefit, named)
    for clause in programme.of("redemption"):
        for tier in clause.parameters.rates:  # type: ignore[attr-defined]
            yield from _unknown(programme, clause, "tier", "rates", tier, tiers - {ANY})
    for clause in programme.of("discount"):
        for benefit in clause.parameters.benefits:  # type: ignore[attr-defined]
            yield from _unknown(programme, clause, "benefit", "benefits", benefit, named)


def _stages(programme: Programme) -> Iterator[Finding]:
    known = set(stacking.STAGES)
    for clause in programme.of("stacking"):
        yield from _unknown(programme, clause, "stage", "first", clause.parameters.first, known)  # type: ignore[attr-defined]
        for stage in clause.parameters.then:  # type: ignore[attr-defined]
            yield from _unknown(programme, clause, "stage", "then", stage, known)


def _units(programme: Programme) -> Iterator[Finding]:
    known = set(programme.units) | {clause.parameters.unit for clause in programme.of("earn")}  # type: ignore[attr-defined]
    for kind in ("allocation", "catalogue", "expiry", "multiplier", "redemption", "reversal", "trade_up"):
        for clause in programme.of(kind):
            if clause.parameters.unit is None:  # type: ignore[attr-defined]
                continue
            yield from _unknown(programme, clause, "unit", "unit", clause.parameters.unit, known)  # type: ignore[attr-defined]
    for clause in programme.of("exit"):
        for unit in [unit for ground in clause.parameters.grounds for unit in ground.voids]:  # type: ignore[attr-defined]
            yield from _unknown(programme, clause, "unit", "grounds", unit, known)


def _earning_tiers(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("earn"):
        tier: str | None = clause.parameters.tier  # type: ignore[attr-defined]
        if tier is not None:
            yield from _unknown(programme, clause, "tier", "tier", tier, set(_tiers(programme)))


def _steps_of_nothing(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("earn"):
        if clause.parameters.per == 0:  # type: ignore[attr-defined]
            yield refused(programme, clause, "no_step", "per", _NO_STEP, key="per")
    for clause in programme.of("redemption"):
        if clause.parameters.worth == 0:  # type: ignore[attr-defined]
            yield refused(programme, clause, "no_step", "worth", _NO_STEP, key="worth")


def _coupons(programme: Programme) -> Iterator[Finding]:
    named = {clause.parameters.name for kind in ("coupon", "grant") for clause in programme.of(kind)}  # type: ignore[attr-defined]
    named |= {each.name for clause in programme.of("redemption") for each in clause.parameters.rewards}  # type: ignore[attr-defined]
    named |= {"coupons", "points", "discount"}
    for clause in programme.of("coupon"):
        parameters: Any = clause.parameters
        for tier in parameters.tiers:
            yield from _unknown(programme, clause, "tier", "tiers", tier, set(_tiers(programme)))
        for name in set(parameters.apart) - named:
            near = suggestion(name, named)
            yield refused(programme, clause, "unknown_coupon", "apart", _NO_COUPON, name=name, near=near)


def _segments(programme: Programme) -> Iterator[Finding]:
    known = {
        "tier": set(_tiers(programme)),
        "right_name": {c.parameters.name for kind in ("grant", "coupon") for c in programme.of(kind)},  # type: ignore[attr-defined]
    }
    for clause in programme.of("segment"):
        for compare in _comparisons(clause.parameters.where):  # type: ignore[attr-defined]
            if compare.fact.name in known and compare.operator != "missing":
                what = "tier" if compare.fact.name == "tier" else "grant"
                for name in [compare.value] if isinstance(compare.value, str) else compare.value:
                    yield from _unknown(programme, clause, what, "where", name, known[compare.fact.name])


def _comparisons(what: Condition | None) -> Iterator[Compare]:
    match what:
        case Compare():
            yield what
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _comparisons(part)
        case Not(part=part):
            yield from _comparisons(part)
        case Count(where=where):
            yield from _comparisons(where)
