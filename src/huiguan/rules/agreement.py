"""Clauses of one kind are read together; here is refused what they contradict each other in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text
from huiguan.rules.climbing import ways
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import expiry, redemption, stacking
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

# The parameter by which clauses of a kind belong together.
TOGETHER = {"catalogue": "unit", "expiry": "unit", "redemption": "unit", "reversal": "unit", "stacking": "first"}
# What each clause of a kind adds to, so that differing is no disagreement.
ADDED = {"redemption": {"rewards", "not_on", "shown"}}
# Kinds of which only the first clause would ever be asked, by the parameter that makes two clauses one matter.
SINGLE = {"grant": "name", "scope": None}

_DISAGREE = Text(
    zh="“{key}”与 {other} 不一致：这里是 {here}，那里是 {there}。",
    en="{key} disagrees with {other}: {here} here, {there} there.",
)
_OVERLAP = Text(
    zh="与 {other} 管的是同一件事，只能留一条。", en="This governs the same matter as {other}; keep one of them."
)
_TOO_LATE = Text(
    zh="截止日（takes_until）晚于清零日（clears）。", en="The cut-off (takes_until) lies after the clearing (clears)."
)
_LOOP = Text(zh="先后次序绕成了圈：{stages}。", en="The order runs in a circle: {stages}.")
_STEPS = Text(
    zh="从 {since} 晋级已写在 {other} 里，两处重叠。",
    en="Promotion from {since} is already in {other}; the two overlap.",
)
_CIRCLE = Text(zh="晋级绕成了圈，经过 {tier}。", en="Promotion runs in a circle through {tier}.")


def findings(programme: Programme) -> list[Finding]:
    return [
        *_overlaps(programme),
        *_disagreements(programme),
        *_worths(programme),
        *_expiries(programme),
        *_cut_offs(programme),
        *_orders(programme),
        *_ladders(programme),
    ]


def _overlaps(programme: Programme) -> Iterator[Finding]:
    for kind, by in SINGLE.items():
        first: dict[Any, Clause] = {}
        for clause in programme.of(kind):
            matter = getattr(clause.parameters, by) if by else None
            if matter in first:
                yield refused(programme, clause, "overlap", by or "", _OVERLAP, other=first[matter].id)
            first.setdefault(matter, clause)


def _disagreements(programme: Programme) -> Iterator[Finding]:
    for kind, by in TOGETHER.items():
        said: dict[tuple[Any, str], tuple[Clause, Any]] = {}
        for clause in programme.of(kind):
            for key in sorted(clause.parameters.model_fields_set - {by} - ADDED.get(kind, set())):
                value = getattr(clause.parameters, key)
                matter = (getattr(clause.parameters, by), key)
                other, there = said.setdefault(matter, (clause, value))
                if there != value:
                    told = {"key": key, "other": other.id, "here": _written(clause, key), "there": _written(other, key)}
                    yield refused(programme, clause, "disagreement", key, _DISAGREE, **told)


def _written(clause: Clause, key: str) -> str:
    """A parameter much as the file has it."""
    value = clause.parameters.model_dump(mode="json")[key]
    if key in ("clears", "takes_until"):
        return f"{value[0]:02d}-{value[1]:02d}"
    return str(value)


def _worths(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("redemption"):
        parameters: Any = clause.parameters
        said = [c for c in programme.of("earn") if c.parameters.unit == parameters.unit and c.parameters.worth]  # type: ignore[attr-defined]
        if not said or parameters.worth is None:
            continue
        earn = said[0]
        there = earn.parameters.worth  # type: ignore[attr-defined]
        if there != parameters.worth:
            here = as_yuan(parameters.worth)
            told = {"key": "worth", "other": earn.id, "here": here, "there": as_yuan(there)}
            yield refused(programme, clause, "disagreement", "worth", _DISAGREE, **told)


def _expiries(programme: Programme) -> Iterator[Finding]:
    for clause, text in expiry.disagreements(programme.of("expiry")):
        yield refused(programme, clause, "disagreement", "unit", text)


def _cut_offs(programme: Programme) -> Iterator[Finding]:
    for clause in programme.of("expiry"):
        clears, until = clause.parameters.clears, clause.parameters.takes_until  # type: ignore[attr-defined]
        if clears and until and until > clears:
            yield refused(programme, clause, "cut_off_too_late", "takes_until", _TOO_LATE)


def _orders(programme: Programme) -> Iterator[Finding]:
    clauses = programme.of("stacking")
    named = {stage for c in clauses for stage in (c.parameters.first, *c.parameters.then)}  # type: ignore[attr-defined]
    if not named <= set(stacking.STAGES):
        return  # told by the references; an order of unknown stages is none
    try:
        stacking.order(clauses, redemption.pairs(programme))
    except ValueError as circle:
        yield refused(programme, clauses[-1], "loop", "then", _LOOP, stages=str(circle))


def _ladders(programme: Programme) -> Iterator[Finding]:
    first: dict[str, Clause] = {}
    onward: dict[str, str] = {}
    for clause in programme.of("tier_ladder"):
        for step in clause.parameters.promote:  # type: ignore[attr-defined]
            if step.since in first:
                other = first[step.since].id
                yield refused(programme, clause, "overlap", "promote", _STEPS, since=step.since, other=other)
                continue
            first[step.since] = clause
            onward[step.since] = step.to
            if _returns(onward, step.since):
                yield refused(programme, clause, "loop", "promote", _CIRCLE, tier=step.since)
    yield from _ways(programme)


def _ways(programme: Programme) -> Iterator[Finding]:
    """Several ways from one rung are one step up: they lead to the same."""
    goes: dict[str, tuple[str, Clause]] = {}
    for way in ways(programme):
        to, other = goes.setdefault(way.since, (way.to, way.clause))
        if to != way.to and not _has_step(way.clause, way.since):
            yield refused(programme, way.clause, "overlap", "climb", _STEPS, since=way.since, other=other.id)


def _has_step(clause: Clause, since: str) -> bool:
    return any(step.since == since for step in clause.parameters.promote)  # type: ignore[attr-defined]


def _returns(onward: dict[str, str], start: str) -> bool:
    seen: set[str] = set()
    here = onward.get(start)
    while here is not None and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = onward.get(here)
    return False
