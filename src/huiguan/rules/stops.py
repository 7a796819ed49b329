"""What stands against using units: too few, no such rung, this sale, who stands at the counter. Pure."""

from __future__ import annotations

from huiguan.rules.effects import Reason
from huiguan.rules.exchange import Presence, Terms
from huiguan.rules.facts import MemberFacts, Sale


def too_few(rule: Terms, units: int) -> Reason | None:
    least = rule.value("least")
    return rule.stop("least", "too_few", least=least, units=units) if least and units < least else None


def no_rung(rule: Terms, units: int) -> Reason | None:
    rungs = rule.value("rungs")
    return rule.stop("rungs", "no_such_rung", units=units, known=rungs) if rungs and units not in rungs else None


def on_sale(rule: Terms, facts: MemberFacts, sale: Sale) -> Reason | None:
    for order, clause in rule.not_on.items():
        if order in sale.order:
            return Reason(clause.id, order, False, {"unit": rule.unit})
    number = rule.value("from_purchase")
    this = facts.purchases_before(sale.at) + 1
    if number is not None and this < number:
        return rule.stop("from_purchase", "too_early", number=number, this=this)
    return None


def at_counter(rule: Terms, presence: Presence) -> Reason | None:
    if rule.value("in_person") and not presence.in_person:
        return rule.stop("in_person", "not_in_person")
    for paper, clause in rule.shown.items():
        if paper not in presence.shown:
            return Reason(clause.id, f"no_{paper}", False, {"unit": rule.unit})
    if rule.value("at") and not presence.at_issuing_shop:
        return rule.stop("at", "elsewhere")
    return None
