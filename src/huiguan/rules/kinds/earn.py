"""Earn: so many units for every full step of what was paid.

"2 points for every full 100 yuan": the paid amount is grouped (whole sale, each line, or each category), each group is
cut down to full steps once, and every full step gives the same whole number of units.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Earn, Reason
from huiguan.rules.facts import Bill
from huiguan.rules.kinds import stacking
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme

ROOM = "checkout"
TITLE = Text(zh="消费积分", en="Points for spending")


class Parameters(Base):
    """`give` units of `unit` for every full `per` (yuan) paid, counted by `group`. `worth`: yuan one unit stands for,
    used where units are claimed back in money."""

    unit: Slug
    per: Yuan
    give: Positive
    group: Literal["sale", "line", "category"] = "sale"
    worth: Yuan


SAYS = {
    "earned": Text(
        zh="实付 {paid:yuan}，满 {per:yuan} 积 {give} 分：{steps} 个整份，得 {units:points} 分。余 {rest:yuan} 不计。",
        en="{paid:yuan} paid, {give} points for every full {per:yuan}: {steps} full, {units:points} points. {rest:yuan} left over.",
    ),
    "next": Text(
        zh="还差实付 {gap:yuan}，再得 {give} 分。", en="{gap:yuan} more paid would give another {give} points."
    ),
    "restated": Text(
        zh="按留下的实付 {paid:yuan} 重算，应得 {units:points} 分。",
        en="On the {paid:yuan} kept, {units:points} points are due.",
    ),
}


def base_lines(programme: Programme, bill: Bill) -> tuple[int, ...]:
    """What earns, per line in fen: what is due in money, and the parts paid by stages that earn all the same."""
    lines = list(bill.due_lines)
    earning = stacking.earning_stages(programme)
    for step in bill.steps:
        if step.name in earning:
            lines = [line + off for line, off in zip(lines, step.offs, strict=True)]
    return tuple(lines)


def units(parameters: Parameters, bill: Bill, base: tuple[int, ...]) -> int:
    """Whole units earned on `base`, cut down once in each group."""
    if parameters.group == "sale":
        groups = [sum(base)]
    elif parameters.group == "line":
        groups = list(base)
    else:
        sums: dict[str, int] = defaultdict(int)
        for line, amount in zip(bill.sale.lines, base, strict=True):
            sums[line.category] += amount
        groups = list(sums.values())
    return sum(group // parameters.per for group in groups) * parameters.give


def decide(programme: Programme, bill: Bill) -> Decision:
    """The units this sale earns, and how far the next ones are."""
    effects, reasons = [], []
    for clause in programme.of("earn"):
        effect, told = _decide_one(programme, clause, bill)
        effects += effect
        reasons += told
    return Decision(tuple(effects), tuple(reasons))


def _decide_one(programme: Programme, clause: Clause, bill: Bill) -> tuple[list[Earn], list[Reason]]:
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    base = base_lines(programme, bill)
    paid, earned = sum(base), units(parameters, bill, base)
    rest = paid - earned // parameters.give * parameters.per
    values = {
        "paid": paid, "per": parameters.per, "give": parameters.give, "unit": parameters.unit,
        "steps": earned // parameters.give, "units": earned, "rest": rest,
    }  # fmt: skip
    reasons = [Reason(clause.id, "earned", True, values)] if earned else []
    if parameters.group == "sale":
        gap = {"gap": parameters.per - paid % parameters.per, "give": parameters.give, "unit": parameters.unit}
        reasons.append(Reason(clause.id, "next", False, gap))
    return ([Earn(clause.id, parameters.unit, earned)] if earned else []), reasons


def worth_of(programme: Programme, unit: str) -> int:
    """Fen one unit stands for; 0 where no clause says."""
    clause = programme.first_of("earn", unit=unit)
    return clause.parameters.worth if clause else 0  # type: ignore[attr-defined]
