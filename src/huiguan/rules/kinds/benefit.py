"""Benefit: which rate each tier pays under each named benefit, and whether it comes of itself or is asked for.

"Points card pays 95 %, diamond 90 %, in the birthday month 80 %" is one table. Who may use a benefit, and when, is
said by `discount` clauses; in which order it comes, by `stacking`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from huiguan.kernel.amounts import allocate, share
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, PriceLine, Reason, Refuse, Tally
from huiguan.rules.facts import Bill, MemberFacts, Step
from huiguan.rules.kinds import discount
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Rate
from huiguan.rules.programme import Clause, Programme

ROOM = "checkout"
TITLE = Text(zh="等级权益", en="Benefits by tier")
ANY = "any"


class Parameters(Base):
    """`rates`: benefit -> tier (or `any`) -> share paid. `apply`: always or asked, per benefit. `together`: whether
    several benefits may come on one sale; where not, one asked for goes before one that comes of itself."""

    rates: dict[str, dict[str, Rate]]
    apply: dict[str, Literal["always", "asked"]]
    together: bool = False


SAYS = {
    "taken": Text(
        zh="{base:yuan} 打 {rate:discount}，少付 {off:yuan}。", en="{rate:discount} on {base:yuan}: {off:yuan} less."
    ),
    "ready": Text(zh="可用 {rate:discount}，本单未用。", en="{rate:discount} is available and was not asked for."),
    "no_rate": Text(zh="本等级没有这项折扣。", en="This tier has no such discount."),
    "other_taken": Text(zh="一单只用一项折扣，已用更早的一项。", en="One discount a sale; another one was taken."),
}


def rate_of(parameters: Parameters, benefit: str, tier: str) -> Fraction | None:
    by_tier = parameters.rates.get(benefit, {})
    return by_tier.get(tier, by_tier.get(ANY))


def decide(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """Take the benefits this sale asks for or gets of itself; say why for each that is not given.

    A benefit that was asked for and is not due is a refusal, one that would have come of itself is a reason.
    """
    clause = programme.one("benefit")
    if clause is None:
        return NOTHING
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    effects: list[PriceLine | Tally | Refuse] = []
    reasons: list[Reason] = []
    for benefit in _wanted_first(parameters, bill.sale.asks):
        asked = benefit in bill.sale.asks
        stop = _stop(programme, clause, parameters, benefit, facts, bill)
        if stop is None and effects and not parameters.together:
            stop = Reason(clause.id, "other_taken", False, {"benefit": benefit})
        if stop is not None:
            reasons.append(stop)
            if asked:
                effects.append(_refusal(stop, programme))
            continue
        rate = rate_of(parameters, benefit, facts.tier) or Fraction(1)
        if asked or parameters.apply[benefit] == "always":
            step = percentage(bill, benefit, clause.id, rate)
            bill = bill.after(step)
            effects += [PriceLine(clause.id, step), *_counted(programme, benefit)]
            reasons.append(_taken(clause, benefit, bill, step, rate))
        else:
            reasons.append(Reason(clause.id, "ready", False, {"benefit": benefit, "rate": str(rate), "ask": benefit}))
    return Decision(tuple(effects), tuple(reasons))


def percentage(bill: Bill, name: str, clause: str, rate: Fraction) -> Step:
    """`rate` of what is due is paid, rounded half up once for the sale; the rest comes off the lines."""
    due = bill.due_lines
    total = sum(due)
    return Step(name, clause, tuple(allocate(total - share(total, rate), due)), rate=rate)


def _wanted_first(parameters: Parameters, asks: tuple[str, ...]) -> list[str]:
    return sorted(parameters.rates, key=lambda benefit: benefit not in asks)


def _stop(
    programme: Programme, clause: Clause, parameters: Parameters, benefit: str, facts: MemberFacts, bill: Bill
) -> Reason | None:
    if rate_of(parameters, benefit, facts.tier) is None:
        return Reason(clause.id, "no_rate", False, {"benefit": benefit})
    return discount.stop(programme, benefit, facts, bill.sale)


def _refusal(stop: Reason, programme: Programme) -> Refuse:
    code, rank = discount.REFUSALS.get(stop.say, ("BenefitNotGiven", "limit"))
    return Refuse(stop.clause, code, rank, "benefits", {"reason": stop})


def _counted(programme: Programme, benefit: str) -> list[Tally]:
    return [Tally(None, f"used:{benefit}", 1)] if discount.counted(programme, benefit) else []


def _taken(clause: Clause, benefit: str, bill: Bill, step: Step, rate: Fraction) -> Reason:
    values = {"benefit": benefit, "rate": str(rate), "base": bill.due + step.off, "off": step.off}
    return Reason(clause.id, "taken", True, values)
