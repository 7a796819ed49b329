"""A return worked out from what is known: what comes back, what goes back, what is owed, which rung falls. Pure.

The till works a return out by this before it makes it, and a simulation for the sales another rulebook would have made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from huiguan.checkout.documents import kept_sale, steps_back
from huiguan.checkout.quoting import Restated, restate
from huiguan.checkout.storing import SoldSale
from huiguan.kernel.moments import local_day
from huiguan.ledger import lots as lot_choice
from huiguan.ledger.values import Account, Movement, SpentLot, house_address, member_address
from huiguan.rules import countersigned
from huiguan.rules.climbing import EARNED, earned_units
from huiguan.rules.effects import NOTHING, Decision, Reason, SetTier
from huiguan.rules.facts import LotFact, MemberFacts, PackageFact, Sale
from huiguan.rules.kinds import expiry, limit, relation, reversal, tender, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS, MONEY, NO_PARTS, PRINCIPAL, Parts, Stored


@dataclass(slots=True)
class Plan:
    """What a return would do. `refund` is what the kept part costs less than before, before any claim.

    `shortfall` ({unit, units, worth, ways}) is what the balance lacks; `claim` what of it is settled in money.
    """

    sale: SoldSale
    rulebook: Programme
    at: datetime
    kept: tuple[int, ...]
    before: Restated
    after: Restated
    refund: int
    account: Account | None = None
    movements: list[Movement] = field(default_factory=list)
    tallies: tuple[tuple[date, str, int], ...] = ()
    taken_back: dict[str, int] = field(default_factory=dict)
    given_back: dict[str, int] = field(default_factory=dict)
    stored_back: Parts = NO_PARTS  # what of the refund goes back to stored value
    forgiven: dict[str, int] = field(default_factory=dict)
    shortfall: dict[str, Any] | None = None
    claim: int = 0
    holder: int = 0  # whose tier it is: the membership's own, or that of the one it was merged into
    tier: SetTier | None = None
    rights_back: tuple[int, ...] = ()  # coupons that are the member's again
    own_tier: SetTier | None = None  # the absorbed membership's own rung, by her own days
    reasons: list[Reason] = field(default_factory=list)
    packages: list[tuple[int, PackageFact]] = field(default_factory=list)  # whose, and which come back


@dataclass(frozen=True, slots=True)
class Held:
    """The buyer when goods come back: her `account`; what the sale took from which lots (`spent`), where units go back;
    what of the units it brought is written down as lapsed; her `facts`, where the sale had brought a rung. `own`: those of a
    buyer who has been merged into another, whose `facts` are then the ones of both."""

    account: Account
    spent: tuple[SpentLot, ...] = ()
    lapsed: Mapping[str, int] = field(default_factory=dict)
    facts: MemberFacts | None = None
    own: MemberFacts | None = None


def begun(rulebook: Programme, sold: SoldSale, at: datetime, kept: tuple[int, ...]) -> Plan:
    """What the return refunds, before the buyer's units are looked at."""
    before, after = restated(rulebook, sold, sold.kept), restated(rulebook, sold, kept)
    back = tuple(sorted(before.rights - after.rights))
    return Plan(sold, rulebook, at, kept, before, after, refund=before.due - after.due, rights_back=back)


def worked_out(plan: Plan, held: Held, now: datetime) -> Plan:
    """With what goes back and forth in the buyer's account, and the rung that falls."""
    plan.account = held.account
    _units(plan, held, now)
    plan.tallies = _tallies(plan)
    decision = _withdrawal(plan, held.facts)
    plan.tier = next((effect for effect in decision.effects if isinstance(effect, SetTier)), None)
    plan.reasons += decision.reasons
    plan.own_tier = next((e for e in _withdrawal(plan, held.own).effects if isinstance(e, SetTier)), None)
    return plan


def brought_rung(sold: SoldSale) -> bool:
    """Whether the sale had brought a rung."""
    tier = sold.document["tier"] or {}
    return tier.get("before") != tier.get("after")


def _still_hers(rulebook: Programme, sold: SoldSale, tier: str) -> bool:
    """Whether the rung the buyer stands on is the sale's bringing: the one it had brought, or, where a return has taken
    a part of that back already, one between it and the rung before."""
    before: str = sold.document["tier"]["before"]
    after: str = sold.document["tier"]["after"]
    if not sold.withdrawn:
        return tier == after
    order = [rung.tier for rung in tier_ladder.rungs(rulebook)]
    return {before, tier, after} <= set(order) and order.index(before) < order.index(tier) < order.index(after)


def restated(rulebook: Programme, sold: SoldSale, kept: tuple[int, ...]) -> Restated:
    """The sale as if only `kept` of it had been bought."""
    document = sold.document
    return restate(
        rulebook,
        _kept_sale(rulebook, sold, kept),
        steps_back(document, kept),
        tier=(document["tier"] or {}).get("before", ""),
        multiplied=tuple(document.get("multiplied", ())),
        stored=_stored(rulebook, sold) if sold.stored.total else None,
    )


def _stored(rulebook: Programme, sold: SoldSale) -> Stored:
    lines = sold.document["lines"]
    whole = _kept_sale(rulebook, sold, tuple(line["quantity"] for line in lines))
    return tender.stored(rulebook, whole, [line["due"] for line in lines], sold.stored)


def _kept_sale(rulebook: Programme, sold: SoldSale, kept: tuple[int, ...]) -> Sale:
    return kept_sale(sold.document, sold.at, local_day(sold.at, rulebook.zone), sold.shop, kept)


def _units(plan: Plan, held: Held, now: datetime) -> None:
    """First what paid goes back, then what was earned is taken: units that come back may cover what is taken."""
    points = tuple(each for each in held.spent if each.unit not in MONEY)
    restored = _give_back(plan, points, plan.before.points - plan.after.points)
    _stored_back(plan, held.spent)
    for unit, was in plan.before.earned.items():
        owed = was - plan.after.earned.get(unit, 0)
        if owed > 0 and reversal.undo_clause(plan.rulebook, unit):
            lots = _with_restored(held.account.unit(unit).lots, restored.get(unit, ()))
            _take_back(plan, held, now, unit, owed, lots)


def _give_back(plan: Plan, spent: tuple[SpentLot, ...], amount: int) -> dict[str, tuple[tuple[LotFact, int], ...]]:
    """Units that paid for the goods go back to the lots they came from; {unit: lots and parts}."""
    sold = plan.sale
    clause = reversal.back_clause(plan.rulebook, spent[0].unit) if spent and amount else None
    if clause is None:
        return {}
    unit = spent[0].unit
    restores = lot_choice.give_back(spent, amount)
    house, mine = house_address(unit, "redeemed"), member_address(sold.membership, unit)
    plan.movements.append(Movement(unit, amount, house, mine, clause, restores=restores))
    plan.given_back[unit] = amount
    plan.reasons.append(Reason(clause, "given_back", True, {"units": amount, "unit": unit}))
    return {unit: restores}


def _stored_back(plan: Plan, spent: tuple[SpentLot, ...]) -> None:
    """What stored value paid for the goods goes back to its lots: principal to principal, bonus to bonus."""
    if not plan.sale.stored.total:
        return
    back: dict[str, int] = {}
    for unit in MONEY:
        uses = tuple(each for each in spent if each.unit == unit)
        paid, kept = getattr(plan.sale.stored, unit), getattr(plan.after.stored, unit)
        amount = back[unit] = max(0, paid - kept - sum(each.returned for each in uses))
        if amount:
            house, mine = house_address(unit, "redeemed"), member_address(plan.sale.membership, unit)
            restores = lot_choice.give_back(uses, amount)
            plan.movements.append(Movement(unit, amount, house, mine, restores=restores))
    plan.stored_back = Parts(back[PRINCIPAL], back[BONUS])


def _with_restored(lots: tuple[LotFact, ...], restored: tuple[tuple[LotFact, int], ...]) -> tuple[LotFact, ...]:
    """Open lots as they are once the restored parts are back in them."""
    known = {lot.key: lot for lot in lots}
    for lot, part in restored:
        open_lot = known.get(lot.key)
        known[lot.key] = replace(lot, left=(open_lot.left if open_lot else 0) + part)
    return tuple(known.values())


def _take_back(plan: Plan, held: Held, now: datetime, unit: str, owed: int, lots: tuple[LotFact, ...]) -> None:
    """What the goods earned: what lapsed unused is forgiven, then own lots, then others; the rest is owed."""
    sold, clause = plan.sale, reversal.undo_clause(plan.rulebook, unit)
    assert clause is not None, "asked only where a clause takes back"
    plan.forgiven[unit] = min(owed, max(0, _lapsed(plan, held, now, unit) - sold.forgiven(unit)))
    needs = owed - plan.forgiven[unit]
    has = max(0, sum(lot.left for lot in lots if lot_choice.alive(lot, now)) - held.account.unit(unit).held)
    own = tuple(lot.key for lot in lots if lot.key[0] == sold.brought_by)
    order = expiry.spending_order(plan.rulebook, unit)
    uses, _ = lot_choice.claw(lots, min(needs, has), now, order=order, prefer=own)
    amount = plan.taken_back[unit] = sum(part for _, part in uses)
    values = {
        "before": plan.before.earned[unit],
        "after": plan.after.earned.get(unit, 0),
        "units": amount,
        "unit": unit,
    }
    plan.reasons.append(Reason(clause, "taken_back", False, values))
    if amount:
        mine, house = member_address(sold.membership, unit), house_address(unit, "clawed")
        plan.movements.append(Movement(unit, amount, mine, house, clause, uses=uses))
    require, why = reversal.shortfall(plan.rulebook, unit, has=has, needs=needs)
    if require is not None and why is not None:
        plan.shortfall = {"unit": unit, "units": require.amount, "worth": require.worth, "ways": list(require.ways)}
        plan.reasons.append(why)


def _lapsed(plan: Plan, held: Held, now: datetime, unit: str) -> int:
    """What of the sale's own units died unused, written down or not."""
    sold = plan.sale
    dead = sum(
        lot.left for lot in held.account.unit(unit).lots if lot.key[0] == sold.brought_by and lot_choice.dead(lot, now)
    )
    return dead + held.lapsed.get(unit, 0)


def _tallies(plan: Plan) -> tuple[tuple[date, str, int], ...]:
    """The sale's day counts only what is kept; counted rights come back with the last line. What was signed later is
    counted on the day it was, and what was never signed on none."""
    day = local_day(plan.sale.at, plan.rulebook.zone)
    counted = _counted_on(plan)
    tallies = [(counted, "spend", plan.after.due - plan.before.due)] if counted else []
    had, has = (limit.counted(plan.rulebook, each.bill.sale.lines) for each in (plan.before, plan.after))
    tallies += [(day, measure, has.get(measure, 0) - pieces) for measure, pieces in had.items()]
    if not any(plan.kept):
        tallies += [(counted, "visits", -1)] if counted else []
        tallies += [(day, f"used:{name}", -1) for name in plan.sale.counted]
    for unit in earned_units(plan.rulebook):
        less = plan.after.earned.get(unit, 0) - plan.before.earned.get(unit, 0)
        tallies.append((counted or day, f"{EARNED}{unit}", less))
    if _offset(plan.before) and not _offset(plan.after):
        tallies.append((day, "used:redemption", -1))
    user = plan.sale.document.get("user")
    if user is not None:
        spend, points = relation.measures(user)
        tallies += [
            (day, spend, plan.after.due - plan.before.due),
            (day, points, plan.after.points - plan.before.points),
        ]
    return tuple(tally for tally in tallies if tally[2])


def _counted_on(plan: Plan) -> date | None:
    """The local day whose measures the sale is in; None while its record lacks a signature."""
    if not countersigned.counts(plan.rulebook, plan.before.bill.sale):
        return None
    return plan.sale.signed_on or local_day(plan.sale.at, plan.rulebook.zone)


def _offset(kept: Restated) -> int:
    """The units that pay as money does; what goods were traded up for is no turn of redemption."""
    return sum(step.units for step in kept.bill.steps if step.name == "points")


def _withdrawal(plan: Plan, facts: MemberFacts | None) -> Decision:
    """The rung the sale had brought, withdrawn where the kept part would not have brought it."""
    sold = plan.sale
    if facts is None or not brought_rung(sold):
        return NOTHING
    day = sold.signed_on or local_day(sold.at, plan.rulebook.zone)
    days = {each: dict(values) for each, values in facts.days.items()}
    for each, measure, delta in plan.tallies:
        values = days.setdefault(each, {})
        values[measure] = values.get(measure, 0) + delta
    facts = replace(facts, days=days)
    was = sold.document["tier"]["before"]
    # A late return cannot take the rung back before it was reached.
    at, brought = max(plan.at, facts.tier_since), _still_hers(plan.rulebook, sold, facts.tier)
    return tier_ladder.withdrawal(plan.rulebook, facts, day=day, at=at, brought=brought, before=was)
