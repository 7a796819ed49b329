"""What cannot be run, or is unwise, in the clauses of topping up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

_TWICE = Text(zh="{other} 已经写了这一项，写得不一样。", en="{other} already states this, and differently.")
_LADDER = Text(
    zh="充 {pay:yuan} 送 {bonus:yuan}，比充 {less:yuan} 送得少。",
    en="{pay:yuan} gives {bonus:yuan}, less than {less:yuan} gives.",
)
_NEVER = Text(zh="从 {since} 到 {until}，一天也没有。", en="From {since} to {until} there is no day.")
_LARGE = Text(zh="充 {pay:yuan} 送 {bonus:yuan}，超过一半。", en="{bonus:yuan} on {pay:yuan} is more than half of it.")
_ZERO = Text(zh="金额不能为 0。", en="The amount cannot be 0.")
_ONCE = ("minimum", "maximum", "opening", "multiple_of", "most_held", "refund", "principal_months")


def faults(programme: Programme, clause: Clause, before: tuple[Clause, ...]) -> Iterator[Finding]:
    """What is wrong with `clause`, by itself and beside those `before` it."""
    rule: Any = clause.parameters
    yield from _disagreements(programme, clause, before)
    if rule.since and rule.until and rule.until < rule.since:
        told = {"since": rule.since.isoformat(), "until": rule.until.isoformat()}
        yield refused(programme, clause, "never", "until", _NEVER, **told)
    if rule.multiple_of == 0 or any(grade.pay == 0 or grade.bonus == 0 for grade in rule.grades):
        yield refused(programme, clause, "no_step", "grades", _ZERO)
    grades = sorted(rule.grades, key=lambda grade: grade.pay)
    for low, high in pairwise(grades):
        if high.bonus < low.bonus:
            told = {"pay": high.pay, "bonus": high.bonus, "less": low.pay}
            yield unwise(programme, clause, "falling_ladder", "grades", _LADDER, **told)
    for grade in grades:
        if grade.bonus * 2 > grade.pay:
            yield unwise(programme, clause, "large_bonus", "grades", _LARGE, pay=grade.pay, bonus=grade.bonus)


def _disagreements(programme: Programme, clause: Clause, before: tuple[Clause, ...]) -> Iterator[Finding]:
    for name in _ONCE:
        mine = getattr(clause.parameters, name)
        for other in before:
            theirs = getattr(other.parameters, name)
            if mine is not None and theirs is not None and mine != theirs:
                yield refused(programme, clause, "disagreement", name, _TWICE, other=other.id)
