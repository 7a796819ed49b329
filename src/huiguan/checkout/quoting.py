"""What a sale costs, earns and uses up: the clauses asked in the rulebook's own order. Pure.

`judge` walks the stages the stacking clauses put in order, folds what each takes off into the bill, then asks what is
earned and how far the next rung is. `restate` prices the kept part of a sale again with the steps the sale really took.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from huiguan.kernel.records import record, replace
from huiguan.rules import countersigned, couponing, vouchers
from huiguan.rules.climbing import EARNED, earned_units
from huiguan.rules.effects import NOTHING, Decision, Earn, Effect, OpenPackage, Reason, Refuse, Spend, Tally, UseRight
from huiguan.rules.facts import TRADED, Bill, MemberFacts, Sale, Step
from huiguan.rules.kinds import benefit, coupon, earn, expiry, multiplier, redemption, stacking, tender, trade_up
from huiguan.rules.once import once
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import NO_PARTS, WALLET, Parts, Stored

Kind = TypeVar("Kind")
TRADE = "trade_up"  # comes first, whatever the order of the others


@record
class Judged:
    """A priced sale: the bill, what it causes, and why. `refuses` is empty where the sale may stand; `multiplied` are
    the clauses that multiplied what it earns, `opens` the packages it begins, `stored` what stored value pays of what is
    due."""

    bill: Bill
    earns: tuple[Earn, ...] = ()
    spends: tuple[Spend, ...] = ()
    tallies: tuple[Tally, ...] = ()
    rights: tuple[UseRight, ...] = ()
    refuses: tuple[Refuse, ...] = ()
    reasons: tuple[Reason, ...] = ()
    multiplied: tuple[str, ...] = ()
    opens: tuple[OpenPackage, ...] = ()
    stored: Parts = NO_PARTS

    def also(self, more: Decision) -> Judged:
        """With what one more clause says of the sale: its refusals and reasons, the packages it begins and what it
        counts."""
        if more is NOTHING:
            return self
        refuses = tuple(effect for effect in more.effects if isinstance(effect, Refuse))
        opens = tuple(effect for effect in more.effects if isinstance(effect, OpenPackage))
        counts = tuple(effect for effect in more.effects if isinstance(effect, Tally))
        return replace(
            self,
            refuses=(*refuses, *self.refuses),
            reasons=(*more.reasons, *self.reasons),
            opens=(*self.opens, *opens),
            tallies=(*self.tallies, *counts),
        )

    @property
    def earned(self) -> dict[str, int]:
        """Whole units earned, by unit."""
        return summed_units(self.earns)


def summed_units(earns: Iterable[Effect]) -> dict[str, int]:
    """What these effects earn, by unit; several clauses may each give some."""
    sums: dict[str, int] = {}
    for effect in earns:
        if isinstance(effect, Earn):
            sums[effect.unit] = sums.get(effect.unit, 0) + effect.amount
    return sums


@once
def stage_order(programme: Programme) -> tuple[str, ...]:
    """The stages of pricing under this rulebook; worked out once a version."""
    return stacking.order(programme.of("stacking"), redemption.pairs(programme))


def judge_walk_in(sale: Sale) -> Judged:
    """A sale without a member: prices, nothing else."""
    return Judged(Bill(sale))


def judge(programme: Programme, facts: MemberFacts, sale: Sale) -> Judged:
    """Price a member's sale. What was asked for and is not due is in `refuses`; nothing is raised."""
    bill = Bill(sale)
    effects: list[object] = []
    reasons: list[Reason] = []
    traded = trade_up.decide(programme, facts, bill)
    left = facts if traded is NOTHING else trade_up.less(facts, traded)
    for stage in (TRADE, *stage_order(programme)):
        decision = traded if stage == TRADE else _stage(programme, left, bill, stage)
        for effect in decision.effects:
            step = getattr(effect, "step", None)
            if isinstance(step, Step):
                bill = bill.after(step)
        effects += decision.effects
        reasons += decision.reasons
    pays, stored = _from_stored(programme, facts, bill)
    effects += pays.effects
    reasons += pays.reasons
    bill = bill.without(tender.silent_lines(programme, bill, stored))
    multiplied = multiplier.applying(programme, facts, sale.day)
    signed = countersigned.standing(programme, sale)
    reasons += [signed] if signed is not None else []
    earned = _earned(programme, bill, facts.tier, multiplied)
    effects += [_stamped(programme, sale.at, facts.joined_at, effect) for effect in earned.effects]
    reasons += earned.reasons
    effects += _counted(programme, bill)
    earns = _of(Earn, effects)
    effects += _counted_units(programme, earns)
    return Judged(
        bill=bill,
        earns=earns,
        spends=_of(Spend, effects),
        tallies=_summed(_of(Tally, effects)),
        rights=_of(UseRight, effects),
        refuses=_of(Refuse, effects),
        reasons=tuple(reasons),
        multiplied=multiplied,
        stored=stored,
    )


def _from_stored(programme: Programme, facts: MemberFacts, bill: Bill) -> tuple[Decision, Parts]:
    """What stored value pays of a bill after everything that comes off; as it did where the sale is judged again."""
    pays = (tender.decide if bill.sale.settled is None else tender.paid_again)(programme, facts, bill)
    spent = {each.unit: each.amount for each in pays.effects if isinstance(each, Spend) and each.purpose == WALLET}
    return pays, Parts(**spent) if spent else NO_PARTS


def _of(kind: type[Kind], effects: list[object]) -> tuple[Kind, ...]:
    return tuple([effect for effect in effects if type(effect) is kind])


def _counted_units(programme: Programme, earns: tuple[Earn, ...]) -> list[Tally]:
    """What is earned of the units by which the ladder of tiers is climbed."""
    counted = earned_units(programme)
    return [Tally(None, f"{EARNED}{each.unit}", each.amount) for each in earns if each.unit in counted]


def _counted(programme: Programme, bill: Bill) -> list[Tally]:
    """What a purchase counts; nothing before it is signed, where it must be."""
    if not countersigned.counts(programme, bill.sale):
        return []
    return [Tally(None, "spend", bill.due), Tally(None, "visits", 1)]


def _earned(programme: Programme, bill: Bill, tier: str, multiplied: tuple[str, ...]) -> Decision:
    """What a member on `tier` earns on this bill, with what `multiplied` clauses add."""
    if not countersigned.counts(programme, bill.sale):
        return NOTHING
    plain = earn.decide(programme, bill, tier)
    if not multiplied:
        return plain
    units = tuple(effect for effect in plain.effects if isinstance(effect, Earn))
    more = multiplier.decide(programme, units, multiplied, tier)
    return Decision((*plain.effects, *more.effects), (*plain.reasons, *more.reasons))


def _stage(programme: Programme, facts: MemberFacts, bill: Bill, stage: str) -> Decision:
    if stage == "voucher":
        return vouchers.use(programme, facts, bill)
    if stage == "points":
        return redemption.offset(programme, facts, bill)
    return benefit.decide(programme, facts, bill)


def _stamped(programme: Programme, at: datetime, joined_at: datetime, effect: object) -> object:
    if not isinstance(effect, Earn):
        return effect
    until, clause = expiry.expires_at(programme, effect.unit, at, joined_at)
    return replace(effect, expires_at=until, expiry_clause=clause)


def _summed(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    sums: dict[str, Tally] = {}
    for tally in tallies:
        known = sums.get(tally.measure)
        sums[tally.measure] = replace(tally, amount=tally.amount + known.amount) if known else tally
    return tuple([tally for tally in sums.values() if tally.amount])


@dataclass(frozen=True, slots=True)
class Restated:
    """The kept part of a sale, as if only that had been bought. `gains` what it earns and why, `earned` that per unit;
    `points` units and `stored` value still paying; `rights` the coupons that still have a part in it."""

    bill: Bill
    gains: Decision
    points: int
    stored: Parts = NO_PARTS
    rights: frozenset[int] = frozenset()

    @property
    def due(self) -> int:
        return self.bill.due

    @property
    def earned(self) -> dict[str, int]:
        return summed_units(self.gains.effects)


def signed_late(programme: Programme, kept: Restated, at: datetime, joined_at: datetime) -> Judged:
    """What the kept part of a sale brings once it is signed at `at`: units earned then, and what it counts."""
    gains = [_stamped(programme, at, joined_at, effect) for effect in kept.gains.effects]
    effects = [*gains, *_counted(programme, kept.bill), *_counted_units(programme, _of(Earn, gains))]
    signed = countersigned.standing(programme, kept.bill.sale)
    reasons = (*([signed] if signed is not None else ()), *kept.gains.reasons)
    return Judged(kept.bill, earns=_of(Earn, effects), tallies=_summed(_of(Tally, effects)), reasons=reasons)


def restate(
    programme: Programme,
    sale: Sale,
    steps: tuple[Step, ...],
    *,
    tier: str = "",
    multiplied: tuple[str, ...] = (),
    stored: Stored | None = None,
) -> Restated:
    """Price `sale` (its kept lines) with the steps the whole sale took, in their order, for a member on `tier`; `stored`
    is what stored value paid of the whole.

    A percentage is taken again on what is left, a voucher and points pay at most what is due; points in whole units.
    The result depends on the kept lines alone, so every sequence of returns ends where one would.
    """
    bill = Bill(sale)
    points, held = 0, set()
    for step in steps:
        if not sale.lines:
            break
        if step.right is not None and _still_used(programme, bill, step):
            held.add(step.right)
        again = _again(programme, bill, step, tier)
        points += again.units
        bill = bill.after(again)
    parts = tender.again(programme, bill, stored) if stored else NO_PARTS
    bill = bill.without(tender.silent_lines(programme, bill, parts))
    gains = _earned(programme, bill, tier, multiplied) if sale.lines else NOTHING
    return Restated(bill, gains, points, parts, frozenset(held))


def _still_used(programme: Programme, bill: Bill, step: Step) -> bool:
    """Whether the kept goods use the coupon: a plain voucher as long as there are any."""
    clause = programme.clauses[step.clause]
    return clause.kind != "coupon" or couponing.still_used(bill, step, coupon.terms(clause))


def _again(programme: Programme, bill: Bill, step: Step, tier: str) -> Step:
    if step.name.startswith(TRADED):
        return trade_up.again(programme, bill, step)
    if step.rate is not None:
        return benefit.again(programme, bill, step)
    if step.right is not None:
        clause = programme.clauses[step.clause]
        if clause.kind == "coupon":
            return couponing.again(bill, step, coupon.terms(clause))
        return vouchers.voucher_step(bill, step.clause, step.right, step.worth)
    rule = redemption.terms(programme)
    assert rule is not None, "a sale with points was judged under redemption terms"
    return redemption.again(rule, bill, step.units, tier)


def is_opening(programme: Programme, facts: MemberFacts, at: datetime) -> bool:
    """Whether a sale at `at` is the purchase at which the card was opened: the first of the day the card was issued."""
    if facts.opened_at is None:
        return False
    day = at.astimezone(programme.zone).date()
    opened = facts.opened_at.astimezone(programme.zone).date()
    return day == opened and facts.days.get(day, {}).get("visits", 0) <= 0
