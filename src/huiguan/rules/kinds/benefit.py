"""Benefit: which rate each tier pays under each named benefit, and whether it comes of itself or is asked for.

"Points card pays 95 %, diamond 90 %, in the birthday month 80 %" is one table; it may be spread over clauses, one for
each tier, and may hold only for goods that fulfil a condition ("priced above 70 % of the tag") or where the rest of the purchase
comes to an amount ("delivery is free from 500 yuan"). Who may use a benefit,
and when, is said by `discount` clauses; in which order it comes, by `stacking`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from huiguan.kernel.amounts import allocate, share
from huiguan.kernel.text import Text
from huiguan.rules.conditions import Condition, LineCondition
from huiguan.rules.effects import NOTHING, Decision, PriceLine, Reason, Refuse, Tally
from huiguan.rules.facts import Bill, MemberFacts, Step
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.kinds import credential, discount
from huiguan.rules.kinds.coupon import bars_discount
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Rate, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import line_values

ROOM = "checkout"
TITLE = Text(zh="等级权益", en="Benefits by tier")
ANY = "any"
Applied = Literal["always", "asked"]


class Parameters(Base):
    """`rates`: benefit -> tier (or `any`) -> share paid, for goods `where` the condition holds. `apply`: always or
    asked, per benefit. `together`: whether several benefits may come on one sale; where not, one asked for goes before
    one that comes of itself. `goods_from` yuan: what the sale's other goods come to at this stage, at least."""

    rates: dict[str, dict[str, Rate]]
    apply: dict[str, Applied] = {}
    together: bool = False
    where: LineCondition | None = None
    goods_from: Yuan | None = None


SAYS = {
    "taken": Text(
        zh="{base:yuan} 打 {rate:discount}，少付 {off:yuan}。", en="{rate:discount} on {base:yuan}: {off:yuan} less."
    ),
    "ready": Text(zh="可用 {rate:discount}，本单未用。", en="{rate:discount} is available and was not asked for."),
    "no_rate": Text(zh="本等级没有这项折扣。", en="This tier has no such discount."),
    "not_these": Text(zh="{rate:discount}不适用于这些商品。", en="{rate:discount} does not apply to these goods."),
    "goods_short": Text(
        zh="其他商品折后 {goods:yuan}，满 {least:yuan} 才有，差 {gap:yuan}。",
        en="The other goods come to {goods:yuan}; it is given from {least:yuan} on, {gap:yuan} more.",
    ),
    "with_coupon": Text(zh="用了不与折扣同用的券，不再打折。", en="A coupon was used that no discount goes with."),
    "other_taken": Text(zh="一单只用一项折扣，已用更早的一项。", en="One discount a sale; another one was taken."),
}


@dataclass(frozen=True, slots=True)
class Table:
    """The clauses read together: benefit -> those that give rates for it, and how it comes."""

    clauses: dict[str, tuple[Clause, ...]]
    apply: dict[str, Applied]
    together: bool


@once
def table(programme: Programme) -> Table:
    """The rates of this rulebook, benefit by benefit in the file's order."""
    clauses = programme.of("benefit")
    names = dict.fromkeys(name for clause in clauses for name in _of(clause).rates)
    return Table(
        {name: tuple(clause for clause in clauses if name in _of(clause).rates) for name in names},
        {name: how for clause in clauses for name, how in _of(clause).apply.items()},
        any(_of(clause).together for clause in clauses),
    )


def rate_of(parameters: Parameters, benefit: str, tier: str) -> Fraction | None:
    by_tier = parameters.rates.get(benefit, {})
    return by_tier.get(tier, by_tier.get(ANY))


def offered(programme: Programme, benefit: str, tier: str) -> tuple[Clause, Fraction] | None:
    """The clause that gives a tier this benefit, and the share it pays; None where none does."""
    for clause in table(programme).clauses.get(benefit, ()):
        rate = rate_of(_of(clause), benefit, tier)
        if rate is not None:
            return clause, rate
    return None


def decide(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """Take the benefits this sale asks for or gets of itself; say why for each that is not given.

    A benefit that was asked for and is not due is a refusal, one that would have come of itself is a reason.
    """
    known = table(programme)
    if not known.clauses:
        return NOTHING
    effects: list[PriceLine | Tally | Refuse] = []
    reasons: list[Reason] = []
    for benefit in sorted(known.clauses, key=lambda each: each not in bill.sale.asks):
        asked = benefit in bill.sale.asks
        taken = bool(effects) and not known.together
        one = _decide_one(programme, facts, bill, benefit, asked, taken)
        effects += one.effects  # type: ignore[arg-type]
        reasons += one.reasons
        for effect in one.effects:
            if isinstance(effect, PriceLine):
                bill = bill.after(effect.step)
    return Decision(tuple(effects), tuple(reasons))


def _decide_one(
    programme: Programme, facts: MemberFacts, bill: Bill, benefit: str, asked: bool, other_taken: bool
) -> Decision:
    """One benefit on what is due at this stage."""
    known = table(programme)
    found = offered(programme, benefit, facts.tier)
    if found is None:
        stop: Reason | None = Reason(known.clauses[benefit][0].id, "no_rate", False, {"benefit": benefit})
    else:
        stop = _stop(programme, *found, benefit, facts, bill, other_taken)
    if stop is not None or found is None:
        assert stop is not None
        return Decision((_refusal(stop, programme),) if asked else (), (stop,))
    clause, rate = found
    if not asked and known.apply[benefit] != "always":
        ready = Reason(clause.id, "ready", False, {"benefit": benefit, "rate": str(rate), "ask": benefit})
        return Decision(reasons=(ready,))
    step = percentage(bill, benefit, clause.id, rate, _of(clause).where)
    fitting = _fitting(bill, _of(clause).where)
    base = sum([due for due, fits in zip(bill.due_lines, fitting, strict=True) if fits])
    values = {"benefit": benefit, "rate": str(rate), "base": base, "off": step.off}
    return Decision(
        (PriceLine(clause.id, step), *_counted(programme, benefit)), (Reason(clause.id, "taken", True, values),)
    )


def percentage(bill: Bill, name: str, clause: str, rate: Fraction, where: Condition | None = None) -> Step:
    """`rate` of what is due for the goods meant is paid, rounded half up once for the sale; the rest comes off them."""
    due = bill.due_lines
    if where is not None or bill.traded:
        due = tuple([each if fits else 0 for each, fits in zip(due, _fitting(bill, where), strict=True)])
    total = sum(due)
    return Step(name, clause, tuple(allocate(total - share(total, rate), due)), rate=rate)


def again(programme: Programme, bill: Bill, step: Step) -> Step:
    """A percentage that was taken, taken again on what is left of the sale, where that still comes to enough."""
    assert step.rate is not None
    if _goods_short(programme.clauses[step.clause], bill) is not None:
        return replace(step, offs=(0,) * len(bill.sale.lines))
    return percentage(bill, step.name, step.clause, step.rate, _of(programme.clauses[step.clause]).where)


def _meant(bill: Bill, where: Condition | None) -> list[bool]:
    return [where is None or holds(where, line_values(line)) for line in bill.sale.lines]


def _fitting(bill: Bill, where: Condition | None) -> list[bool]:
    traded = bill.traded
    lines = bill.sale.lines
    if where is None and not traded:
        return [True] * len(lines)
    return [i not in traded and (where is None or holds(where, line_values(line))) for i, line in enumerate(lines)]


def _stop(
    programme: Programme,
    clause: Clause,
    rate: Fraction,
    benefit: str,
    facts: MemberFacts,
    bill: Bill,
    other_taken: bool,
) -> Reason | None:
    found = credential.not_shown(programme, "discount", bill.sale) or discount.stop(
        programme, benefit, facts, bill.sale
    )
    if found is not None:
        return found
    if bars_discount(programme, bill) is not None:
        return Reason(clause.id, "with_coupon", False, {"benefit": benefit})
    if not any(_fitting(bill, _of(clause).where)):
        return Reason(clause.id, "not_these", False, {"benefit": benefit, "rate": str(rate)})
    short = _goods_short(clause, bill)
    if short is not None:
        return Reason(clause.id, "goods_short", False, {"benefit": benefit, **short})
    return Reason(clause.id, "other_taken", False, {"benefit": benefit}) if other_taken else None


def _goods_short(clause: Clause, bill: Bill) -> dict[str, int] | None:
    """By how much the goods a benefit is not for fall short of what it takes; None where they do not."""
    least = _of(clause).goods_from
    if least is None:
        return None
    goods = sum(due for due, fits in zip(bill.due_lines, _meant(bill, _of(clause).where), strict=True) if not fits)
    return {"goods": goods, "least": least, "gap": least - goods} if goods < least else None


def _refusal(stop: Reason, programme: Programme) -> Refuse:
    known = {**credential.REFUSALS, **discount.REFUSALS}
    code, rank = known.get(stop.say, ("BenefitNotGiven", "limit"))
    return Refuse(stop.clause, code, rank, "benefits", {"reason": stop})


def _counted(programme: Programme, benefit: str) -> list[Tally]:
    return [Tally(None, f"used:{benefit}", 1)] if discount.counted(programme, benefit) else []


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWO = Text(zh="{benefit} 给 {tier} 的比例，{other} 已经写了。", en="{other} already gives {tier} a rate of {benefit}.")
_HOW = Text(
    zh="{benefit} 是自动还是须提出，与 {other} 不一致。",
    en="Whether {benefit} comes of itself or is asked for disagrees with {other}.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A tier has one rate of a benefit, and a benefit comes in one way."""
    found: list[Finding] = []
    for i, clause in enumerate(clauses):
        for other in clauses[:i]:
            for benefit, tier in _shared_rates(_of(clause), _of(other)):
                told = {"benefit": benefit, "tier": tier, "other": other.id}
                found.append(refused(programme, clause, "overlap", "rates", _TWO, **told))
            for benefit, how in _of(clause).apply.items():
                if _of(other).apply.get(benefit, how) != how:
                    told = {"benefit": benefit, "other": other.id}
                    found.append(refused(programme, clause, "disagreement", "apply", _HOW, **told))
    return found


def _shared_rates(here: Parameters, there: Parameters) -> list[tuple[str, str]]:
    """(benefit, tier) that both give a rate for; `any` means every tier."""
    shared = []
    for benefit in here.rates.keys() & there.rates.keys():
        mine, yours = set(here.rates[benefit]), set(there.rates[benefit])
        both = mine | yours if ANY in mine | yours else mine & yours
        shared += [(benefit, tier) for tier in sorted(both)[:1]]
    return sorted(shared)
