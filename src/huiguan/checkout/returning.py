"""Return: the sale restated as if only the kept lines had been bought, under its own version; previewed, then made.

What the goods earned is taken back, what paid for them goes back, a rung the sale had brought is withdrawn. What the
balance no longer covers is claimed, and the return waits until the claim is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from huiguan.checkout import refusals
from huiguan.checkout.documents import kept_sale, reasons_of, steps_back
from huiguan.checkout.gifts import take_gift_back
from huiguan.checkout.inputs import ReturnInput, ReturnLine, VoidInput
from huiguan.checkout.models import Return
from huiguan.checkout.quoting import Restated, restate
from huiguan.checkout.storing import SoldSale, lock_walk_in_keys, sold_sale
from huiguan.checkout.telling import sentence
from huiguan.checkout.values import ReturnView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import RightMove
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day, moment_of
from huiguan.kernel.refusals import MomentInFuture
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import facts as member_facts
from huiguan.members import operations as members
from huiguan.members.values import NewChange
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason, SetTier
from huiguan.rules.facts import LotFact
from huiguan.rules.kinds import expiry, reversal, tier_ladder
from huiguan.rules.programme import Programme


@dataclass(slots=True)
class _Plan:
    """A return worked out: what it would do, nothing done yet."""

    sale: SoldSale
    rulebook: Programme
    at: datetime
    kept: tuple[int, ...]
    before: Restated
    after: Restated
    refund: int
    account: Account | None = None
    movements: tuple[Movement, ...] = ()
    tallies: tuple[tuple[Any, str, int], ...] = ()
    taken_back: dict[str, int] | None = None
    given_back: dict[str, int] | None = None
    forgiven: dict[str, int] | None = None
    shortfall: dict[str, Any] | None = None
    claim: int = 0
    tier: SetTier | None = None
    reasons: tuple[Reason, ...] = ()


def preview_return(*, actor: Actor, at: datetime, given: ReturnInput) -> ReturnView:
    """What the return would do: refund, points back and forth, shortfall with its ways. Writes nothing."""
    actor.demand("return")
    plan = _plan(actor, at, given, "return")
    return _view(plan, given, "return", "", 0)


def return_sale(*, actor: Actor, at: datetime, given: ReturnInput, key: str | None = None) -> ReturnView:
    """Take goods back. ShortfallUnsettled where points are owed and `settle` is not given; see `preview_return`."""
    actor.demand("return")
    return perform(
        "return_sale",
        actor=actor,
        at=at,
        subject=f"sale:{given.sale}",
        given=given,
        key=key,
        returns=ReturnView,
        do=lambda: _make(actor, at, given, "return"),
    )


def void_sale(*, actor: Actor, at: datetime, given: VoidInput, key: str | None = None) -> ReturnView:
    """Undo a sale of the same local day that has seen no return."""
    actor.demand("void")

    def do() -> ReturnView:
        sold = sold_sale(actor, given.sale)
        rulebook = programmes.version(sold.version)
        if sold.returns or local_day(sold.at, rulebook.zone) != local_day(at, rulebook.zone):
            raise refusals.VoidWindowClosed()
        return _make(actor, at, ReturnInput(sale=given.sale, reason=given.reason), "void")

    return perform(
        "void_sale", actor=actor, at=at, subject=f"sale:{given.sale}", given=given, key=key, returns=ReturnView, do=do
    )


def _make(actor: Actor, at: datetime, given: ReturnInput, kind: str) -> ReturnView:
    sold = sold_sale(actor, given.sale)
    if sold.membership:
        ledger.lock_accounts([sold.membership])
    else:
        lock_walk_in_keys(actor, [sold.id])
    if given.settle and given.settle.way == "gift":
        take_gift_back(actor=actor, at=at, reference=given.settle.redemption or "", membership=sold.membership)
    plan = _plan(actor, at, given, kind)
    if plan.shortfall:
        if not given.settle:
            why = next(reason for reason in plan.reasons if reason.say == "shortfall")
            raise refusals.ShortfallUnsettled(
                field="settle", clause=why.clause, why=sentence(plan.rulebook, why), **plan.shortfall
            )
        plan.claim = plan.shortfall["worth"]
    seq = _post(actor, at, plan, kind)
    n = _record(actor, at, given, plan, kind, seq)
    return _view(plan, given, kind, f"{given.sale}.{n}", plan.claim)


def _plan(actor: Actor, now: datetime, given: ReturnInput, kind: str) -> _Plan:
    sold = sold_sale(actor, given.sale)
    rulebook = programmes.version(sold.version)
    at = moment_of(given.at, "at", rulebook.zone) if given.at else now
    if at > now:
        raise MomentInFuture(field="at", given=at.isoformat(), now=now.isoformat())
    if at < sold.at:
        raise refusals.ReturnBeforeSale(field="at")
    left = sold.kept
    kept = _kept(sold, left, given.lines)
    before = _restated(rulebook, sold, left)
    after = _restated(rulebook, sold, kept)
    plan = _Plan(sold, rulebook, at, kept, before, after, refund=before.due - after.due)
    if sold.membership:
        _plan_member(actor, now, plan)
    return plan


def _kept(sold: SoldSale, left: tuple[int, ...], lines: Sequence[ReturnLine] | None) -> tuple[int, ...]:
    if not any(left):
        raise refusals.AlreadyReturned(field="sale")
    if lines is None:
        return (0,) * len(left)
    kept = list(left)
    for i, line in enumerate(lines):
        if line.line > len(kept):
            raise refusals.LineUnknown(field=f"lines.{i}.line", line=line.line)
        kept[line.line - 1] -= line.quantity
        if kept[line.line - 1] < 0:
            had = kept[line.line - 1] + line.quantity
            raise refusals.MoreThanSold(field=f"lines.{i}.quantity", line=line.line, left=had, given=line.quantity)
    return tuple(kept)


def _restated(rulebook: Programme, sold: SoldSale, kept: tuple[int, ...]) -> Restated:
    day = local_day(sold.at, rulebook.zone)
    return restate(rulebook, kept_sale(sold.document, sold.at, day, sold.shop, kept), steps_back(sold.document))


def _plan_member(actor: Actor, now: datetime, plan: _Plan) -> None:
    sold = plan.sale
    account = ledger_facts.accounts([sold.membership])[sold.membership]
    plan.account = account
    given_back = plan.before.points - plan.after.points
    moves: list[Movement] = []
    reasons: list[Reason] = []
    restored: dict[str, tuple[tuple[LotFact, int], ...]] = {}
    if given_back:
        restored = _give_back(plan, given_back, moves, reasons)
    taken: dict[str, int] = {}
    forgiven: dict[str, int] = {}
    for unit, was in plan.before.earned.items():
        _take_back(
            plan,
            now,
            unit,
            was - plan.after.earned.get(unit, 0),
            restored.get(unit, ()),
            moves,
            reasons,
            taken,
            forgiven,
        )
    plan.movements, plan.taken_back, plan.forgiven = tuple(moves), taken, forgiven
    plan.given_back = {unit: sum(part for _, part in parts) for unit, parts in restored.items()}
    plan.tallies = _tallies(plan)
    tier = _withdrawal(actor, now, plan)
    plan.tier = next((effect for effect in tier.effects if isinstance(effect, SetTier)), None)
    plan.reasons = (*reasons, *tier.reasons)


def _give_back(
    plan: _Plan, amount: int, moves: list[Movement], reasons: list[Reason]
) -> dict[str, tuple[tuple[LotFact, int], ...]]:
    """Units that paid for the goods go back to the lots they came from."""
    sold = plan.sale
    spent = ledger_facts.spent_lots([(sold.membership, sold.seq)])[sold.membership, sold.seq]
    if not spent:
        return {}
    unit = spent[0].unit
    clause = reversal.back_clause(plan.rulebook, unit)
    if clause is None:
        return {}
    restores = lot_choice.give_back(spent, amount)
    moves.append(
        Movement(
            unit=unit,
            amount=amount,
            debit=house_address(unit, "redeemed"),
            credit=member_address(sold.membership, unit),
            clause=clause,
            restores=restores,
        )
    )
    reasons.append(Reason(clause, "given_back", True, {"units": amount, "unit": unit}))
    return {unit: restores}


def _take_back(
    plan: _Plan,
    now: datetime,
    unit: str,
    owed: int,
    restored: tuple[tuple[LotFact, int], ...],
    moves: list[Movement],
    reasons: list[Reason],
    taken: dict[str, int],
    forgiven: dict[str, int],
) -> None:
    """What the goods earned goes back: own lots first; what lapsed unused is forgiven, what was used is claimed."""
    clause = reversal.undo_clause(plan.rulebook, unit)
    if owed <= 0 or clause is None or plan.account is None:
        return
    sold = plan.sale
    state = plan.account.unit(unit)
    dead = sum(lot.left for lot in state.lots if lot.key[0] == sold.seq and lot_choice.dead(lot, now))
    lapsed = dead + ledger_facts.lapsed_units((sold.membership, sold.seq)).get(unit, 0)
    forgiven[unit] = min(owed, max(0, lapsed - sold.forgiven(unit)))
    needs = owed - forgiven[unit]
    lots = _with_restored(state.lots, restored)
    own = tuple(lot.key for lot in state.lots if lot.key[0] == sold.seq)
    order = expiry.spending_order(plan.rulebook, unit)
    held = state.held
    has = max(0, sum(lot.left for lot in lots if lot_choice.alive(lot, now)) - held)
    uses, _ = lot_choice.claw(lots, min(needs, has), now, order=order, prefer=own)
    amount = sum(part for _, part in uses)
    values = {
        "before": plan.before.earned[unit],
        "after": plan.after.earned.get(unit, 0),
        "units": amount,
        "unit": unit,
    }
    reasons.append(Reason(clause, "taken_back", False, values))
    taken[unit] = amount
    if amount:
        moves.append(
            Movement(
                unit=unit,
                amount=amount,
                debit=member_address(sold.membership, unit),
                credit=house_address(unit, "clawed"),
                clause=clause,
                uses=uses,
            )
        )
    require, why = reversal.shortfall(plan.rulebook, unit, has=has, needs=needs)
    if require is not None and why is not None:
        plan.shortfall = {"unit": unit, "units": require.amount, "worth": require.worth, "ways": list(require.ways)}
        reasons.append(why)


def _with_restored(lots: tuple[LotFact, ...], restored: tuple[tuple[LotFact, int], ...]) -> tuple[LotFact, ...]:
    """Open lots as they are once the restored parts are back in them."""
    known = {lot.key: lot for lot in lots}
    for lot, part in restored:
        open_lot = known.get(lot.key)
        known[lot.key] = replace(lot, left=(open_lot.left if open_lot else 0) + part)
    return tuple(known.values())


def _tallies(plan: _Plan) -> tuple[tuple[Any, str, int], ...]:
    """The sale's day counts only what is kept; counted rights come back with the last line."""
    day = local_day(plan.sale.at, plan.rulebook.zone)
    tallies = [(day, "spend", plan.after.due - plan.before.due)]
    if not any(plan.kept):
        tallies.append((day, "visits", -1))
        tallies += [(day, f"used:{name}", -1) for name in plan.sale.counted]
    if plan.before.points and not plan.after.points:
        tallies.append((day, "used:redemption", -1))
    return tuple(tally for tally in tallies if tally[2])


def _withdrawal(actor: Actor, now: datetime, plan: _Plan) -> tier_ladder.Decision:
    sold = plan.sale
    tier = sold.document["tier"] or {}
    if tier.get("before") == tier.get("after"):
        return tier_ladder.Decision()
    since = local_day(sold.at, plan.rulebook.zone) - timedelta(days=400)
    facts = member_facts.member_facts(actor.programme, [sold.membership], at=now, since=since, accounts={})[
        sold.membership
    ]
    days = {day: dict(values) for day, values in facts.days.items()}
    for day, measure, delta in plan.tallies:
        values = days.setdefault(day, {})
        values[measure] = values.get(measure, 0) + delta
    day = local_day(sold.at, plan.rulebook.zone)
    facts = replace(facts, days=days)
    return tier_ladder.withdrawal(plan.rulebook, facts, day=day, at=plan.at, brought=facts.tier == tier["after"])


def _post(actor: Actor, at: datetime, plan: _Plan, kind: str) -> int | None:
    """Write the return's journal, rights and rung; the journal's seq, None for a walk-in."""
    sold = plan.sale
    if plan.account is None:
        return None
    journal = Journal(
        at=plan.at,
        cause=(kind, sold.id),
        actor=actor.reference,
        version=sold.version,
        movements=plan.movements,
        tallies=plan.tallies,
        reverses=sold.seq,
    )
    account, sealed = fold(plan.account, journal, written_at=at)
    ledger.write_sealed(actor.programme, [account], [(sold.membership, sealed)], at)
    plan.account = account
    if not any(plan.kept) and sold.rights:
        moves = [RightMove(sold.membership, right, plan.at, f"{kind}:{sold.id}") for right in sold.rights]
        entitlements.restore_rights(programme=actor.programme, moves=moves, written_at=at)
    if plan.tier:
        change = NewChange(
            membership=sold.membership,
            what="tier",
            before=sold.document["tier"]["after"],
            after=plan.tier.tier,
            at=plan.at,
            clause=plan.tier.clause,
            cause=f"{kind}:{sold.id}",
            values=dict(plan.tier.values),
            actor=actor.reference,
        )
        members.record_changes([change], at)
    return account.seq


def _record(actor: Actor, at: datetime, given: ReturnInput, plan: _Plan, kind: str, seq: int | None) -> int:
    sold = plan.sale
    n = sold.returns + 1
    shop = identity.shop(actor.programme, given.shop) if given.shop else None
    Return.objects.create(
        membership_id=sold.membership,
        sale_seq=sold.seq,
        n=n,
        programme_id=actor.programme,
        shop_id=shop.id if shop else sold.shop_id,
        kind=kind,
        at=plan.at,
        written_at=at,
        actor=actor.reference,
        refund=plan.refund - plan.claim,
        kept=list(plan.kept),
        document={
            "claim": plan.claim,
            "settle": given.settle.way if given.settle and plan.shortfall else None,
            "taken_back": plan.taken_back or {},
            "given_back": plan.given_back or {},
            "forgiven": plan.forgiven or {},
            "reasons": reasons_of(plan.reasons),
            "journal": seq,
            "reason": given.reason,
            "left_paid": plan.after.due,
            "actor": actor.name,
        },
    )
    return n


def _view(plan: _Plan, given: ReturnInput, kind: str, reference: str, claim: int) -> ReturnView:
    balances = {}
    if plan.account is not None:
        balances = {unit: lot_choice.available(state, plan.at) for unit, state in plan.account.units.items()}
    return ReturnView(
        id=reference,
        sale=given.sale,
        kind=kind,
        at=plan.at,
        refund=plan.refund - claim,
        claim=claim,
        kept=plan.kept,
        left_paid=plan.after.due,
        taken_back=plan.taken_back or {},
        given_back=plan.given_back or {},
        forgiven=plan.forgiven or {},
        shortfall=None if claim else plan.shortfall,
        tier={"after": plan.tier.tier, "title": dict(plan.tier.values)["to"]} if plan.tier else None,
        reasons=tuple((r.clause, r.say, r.given, dict(r.values)) for r in plan.reasons),
        balance=balances,
    )


__all__ = ["preview_return", "return_sale", "void_sale"]
