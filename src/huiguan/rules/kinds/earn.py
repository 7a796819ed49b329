"""Earn: so many units for every full step of what was paid.

"2 points for every full 100 yuan": the paid amount is grouped (whole sale, each line, or each category), each group is
cut down to full steps once, and every full step gives the same whole number of units.

Clauses of one unit are read together. A clause with `per` is a rate, for everybody or for one tier, for all goods or
for those a condition means; a line goes to the first rate that means it, conditions before rates for all goods. The
others say what earns at all: which goods, in which orders, and whether what points or coupons paid is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from huiguan.kernel.text import Text
from huiguan.rules.conditions import LineCondition
from huiguan.rules.effects import Decision, Earn, Reason
from huiguan.rules.facts import Bill, Line
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.kinds import credential, stacking
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import line_values

ROOM = "checkout"
TITLE = Text(zh="消费积分", en="Points for spending")
Order = Literal["group", "promotion", "proxy"]
Stage = Literal["points", "voucher"]


class Parameters(Base):
    """`give` units of `unit` for every full `per` (yuan) paid, counted by `group`, for one `tier` and for goods
    `where` the condition holds. `only`: goods that earn at all; `not_on`: orders that earn nothing; `without`: what
    was paid so earns nothing. `worth`: yuan one unit stands for, used where units are claimed back in money.
    `per_purchase` units for a purchase by itself, where what earns comes to `purchase_from` (any money, without it)."""

    unit: Slug
    per: Yuan | None = None
    give: Positive | None = None
    group: Literal["sale", "line", "category"] = "sale"
    worth: Yuan | None = None
    tier: Slug | None = None
    where: LineCondition | None = None
    only: LineCondition | None = None
    not_on: list[Order] = []
    without: list[Stage] = []
    per_purchase: Positive | None = None
    purchase_from: Yuan | None = None

    @classmethod
    def calls_for(cls, given: Mapping[str, Any]) -> list[str]:
        """A clause that limits what earns stands by itself; any other is a rate and says how much for what."""
        limits = any(given.get(key) for key in ("only", "not_on", "without", "per_purchase"))
        rate = any(given.get(key) is not None for key in ("per", "give", "tier", "where"))
        return ["per", "give"] if rate or not limits else []


SAYS = {
    "earned": Text(
        zh="实付 {paid:yuan}，满 {per:yuan} 积 {give} 分：{steps} 个整份，得 {units:points} 分。余 {rest:yuan} 不计。",
        en="{paid:yuan} paid, {give} {give:point|points} for every full {per:yuan}: {steps} full, {units:points} {units:point|points}. {rest:yuan} left over.",
    ),
    "for_coming": Text(
        zh="购物一次得 {units:points} 分。", en="{units:points} {units:point|points} for the purchase itself."
    ),
    "too_small": Text(
        zh="再实付 {gap:yuan}，这一单另得 {units:points} 分。",
        en="{gap:yuan} more paid would give another {units:points} {units:point|points}.",
    ),
    "next": Text(
        zh="还差实付 {gap:yuan}，再得 {give} 分。",
        en="{gap:yuan} more paid would give another {give} {give:point|points}.",
    ),
    "restated": Text(
        zh="按留下的实付 {paid:yuan} 重算，应得 {units:points} 分。",
        en="On the {paid:yuan} kept, {units:points} {units:point is|points are} due.",
    ),
    "not_these": Text(zh="有 {paid:yuan} 的商品不积分。", en="Goods for {paid:yuan} earn no points."),
    "group": Text(zh="团购不积分。", en="A group order earns no points."),
    "proxy": Text(zh="店外代购的单不积分。", en="What is bought for somebody outside the shop earns no points."),
    "promotion": Text(zh="参加促销活动的单不积分。", en="An order under a promotion earns no points."),
}


@dataclass(frozen=True, slots=True)
class Earning:
    """The clauses of one unit read together: rates in the order lines are offered to them, and what earns at all."""

    unit: str
    rates: tuple[Clause, ...]
    only: tuple[Clause, ...]
    not_on: tuple[tuple[str, Clause], ...]
    flat: tuple[Clause, ...] = ()


@once
def earnings(programme: Programme) -> tuple[Earning, ...]:
    """What is earned under this rulebook, unit by unit."""
    clauses = programme.of("earn")
    units = dict.fromkeys(_of(clause).unit for clause in clauses)
    return tuple(_earning(unit, [clause for clause in clauses if _of(clause).unit == unit]) for unit in units)


def _earning(unit: str, clauses: list[Clause]) -> Earning:
    rates = [clause for clause in clauses if _of(clause).per is not None]
    return Earning(
        unit,
        tuple(sorted(rates, key=lambda clause: (_of(clause).where is None, _of(clause).tier is None))),
        tuple(clause for clause in clauses if _of(clause).only is not None),
        tuple((order, clause) for clause in clauses for order in _of(clause).not_on),
        tuple(clause for clause in clauses if _of(clause).per_purchase is not None),
    )


@once
def _earning_stages(programme: Programme) -> frozenset[str]:
    """The stages whose part of the price earns all the same."""
    silent = {stage for clause in programme.of("earn") for stage in _of(clause).without}
    return stacking.earning_stages(programme) - silent


def base_lines(programme: Programme, bill: Bill) -> tuple[int, ...]:
    """What earns, per line in fen: what is due in money, and the parts paid by stages that earn all the same; less what was paid
    from stored value where that earns nothing."""
    lines = list(bill.due_lines)
    earning = _earning_stages(programme)
    for step in bill.steps:
        if step.name in earning:
            lines = [line + off for line, off in zip(lines, step.offs, strict=True)]
    if bill.silent:
        lines = [line - silent for line, silent in zip(lines, bill.silent, strict=True)]
    return tuple(lines)


def decide(programme: Programme, bill: Bill, tier: str = "") -> Decision:
    """The units this sale of a member on `tier` earns, and how far the next ones are. One Earn for each rate."""
    effects: list[Earn] = []
    reasons: list[Reason] = []
    for earning in earnings(programme):
        stop = _stop(programme, earning, bill)
        if stop is not None:
            reasons.append(stop)
            continue
        base = list(base_lines(programme, bill))
        reasons += _left_out(earning, bill.sale.lines, base)
        for clause, lines in _shared(earning, bill.sale.lines, tier):
            effect, told = _earned(clause, bill, lines, base)
            effects += effect
            reasons += told
        for clause in earning.flat:
            effect, told = _for_coming(clause, sum(base), tier)
            effects += effect
            reasons += told
    return Decision(tuple(effects), tuple(reasons))


def _stop(programme: Programme, earning: Earning, bill: Bill) -> Reason | None:
    """Why nothing on this sale earns."""
    for order, clause in earning.not_on:
        if order in bill.sale.order:
            return Reason(clause.id, order, False, {"unit": earning.unit})
    return credential.not_shown(programme, "points", bill.sale)


def _left_out(earning: Earning, lines: tuple[Line, ...], base: list[int]) -> list[Reason]:
    """Take goods that earn nothing out of `base`; a reason for each clause that does so."""
    reasons = []
    for clause in earning.only:
        only: Any = _of(clause).only
        out = [i for i, line in enumerate(lines) if not holds(only, line_values(line))]
        paid = sum(base[i] for i in out)
        if paid:
            reasons.append(Reason(clause.id, "not_these", False, {"paid": paid, "unit": earning.unit}))
        for i in out:
            base[i] = 0
    return reasons


def _shared(earning: Earning, lines: tuple[Line, ...], tier: str) -> list[tuple[Clause, list[int]]]:
    """Each line given to the first rate that means it."""
    rates = [clause for clause in earning.rates if _of(clause).tier in (None, tier)]
    if len(rates) == 1 and _of(rates[0]).where is None:
        return [(rates[0], list(range(len(lines))))]
    shares: dict[str, tuple[Clause, list[int]]] = {}
    for i, line in enumerate(lines):
        for clause in rates:
            where = _of(clause).where
            if where is None or holds(where, line_values(line)):
                shares.setdefault(clause.id, (clause, []))[1].append(i)
                break
    return [shares[clause.id] for clause in earning.rates if clause.id in shares]


def _earned(clause: Clause, bill: Bill, lines: list[int], base: list[int]) -> tuple[list[Earn], list[Reason]]:
    parameters = _of(clause)
    per, give = parameters.per or 1, parameters.give or 0
    paid = sum(base[i] for i in lines)
    steps = sum(group // per for group in _groups(parameters, bill, lines, base))
    units = steps * give
    values = {
        "paid": paid, "per": per, "give": give, "unit": parameters.unit, "steps": steps, "units": units,
        "rest": paid - steps * per,
    }  # fmt: skip
    reasons = [Reason(clause.id, "earned", True, values)] if units else []
    if parameters.group == "sale":
        reasons.append(
            Reason(clause.id, "next", False, {"gap": per - paid % per, "give": give, "unit": parameters.unit})
        )
    return ([Earn(clause.id, parameters.unit, units)] if units else []), reasons


def _for_coming(clause: Clause, paid: int, tier: str) -> tuple[list[Earn], list[Reason]]:
    """Units for the purchase itself: nothing for one that pays nothing that earns."""
    given = _of(clause)
    units, least = given.per_purchase or 0, given.purchase_from or 1
    if given.tier not in (None, tier):
        return [], []
    if paid < least:
        values = {"gap": least - paid, "units": units, "unit": given.unit}
        return [], [Reason(clause.id, "too_small", False, values)] if given.purchase_from else []
    told = Reason(clause.id, "for_coming", True, {"units": units, "unit": given.unit, "paid": paid})
    return [Earn(clause.id, given.unit, units)], [told]


def _groups(parameters: Parameters, bill: Bill, lines: list[int], base: list[int]) -> list[int]:
    """The amounts that are cut down to full steps, each once."""
    if parameters.group == "sale":
        return [sum(base[i] for i in lines)]
    if parameters.group == "line":
        return [base[i] for i in lines]
    sums: dict[str, int] = defaultdict(int)
    for i in lines:
        sums[bill.sale.lines[i].category] += base[i]
    return list(sums.values())


def worth_of(programme: Programme, unit: str) -> int:
    """Fen one unit stands for; 0 where no clause says."""
    for kind in ("earn", "redemption"):
        for clause in programme.of(kind):
            if clause.parameters.unit == unit and clause.parameters.worth:  # type: ignore[attr-defined]
                return clause.parameters.worth  # type: ignore[attr-defined, no-any-return]
    return 0


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWO_RATES = Text(
    zh="与 {other} 给同一等级、同样的商品规定了两种积分比例，只能留一种。",
    en="This and {other} give two rates to one tier for the same goods; keep one of them.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Two rates for all goods must be for different tiers: which one holds must not depend on their order."""
    found: list[Finding] = []
    whole = [clause for clause in clauses if _of(clause).per is not None and _of(clause).where is None]
    for i, clause in enumerate(whole):
        for other in whole[:i]:
            same = _of(other).unit == _of(clause).unit
            if same and _of(other).tier == _of(clause).tier:
                found.append(refused(programme, clause, "overlap", "per", _TWO_RATES, other=other.id))
                break
    return found
