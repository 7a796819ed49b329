"""Return: the sale restated as if only the kept lines had been bought, under its own version; previewed, then made.

What the goods earned is taken back, what paid for them goes back, a rung the sale had brought is withdrawn. What the
balance no longer covers is claimed, and the return waits until the claim is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiguan.checkout import refusals
from huiguan.checkout.balances import units_left, wallet_of
from huiguan.checkout.documents import reasons_of
from huiguan.checkout.events import SaleReturned, SaleVoided
from huiguan.checkout.gifts import take_gift_back
from huiguan.checkout.inputs import ReturnInput, Settlement, VoidInput
from huiguan.checkout.models import Return
from huiguan.checkout.packages.returning import take_back
from huiguan.checkout.planning import plan_return, refuse_late_void
from huiguan.checkout.referring import reconsider
from huiguan.checkout.shifts.standing import shift_taking
from huiguan.checkout.storing import SoldSale, lock_walk_in_sale, sale_key, sold_sale
from huiguan.checkout.telling import sentence
from huiguan.checkout.tendering import tenders_back
from huiguan.checkout.undoing import Plan
from huiguan.checkout.values import ReturnView
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import RightMove
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_trial, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Journal
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.members.values import NewChange
from huiguan.rules.effects import SetTier


def preview_return(*, actor: Actor, at: datetime, given: ReturnInput) -> ReturnView:
    """What the return would do: refund, points back and forth, shortfall with its ways. Writes nothing."""
    actor.demand("return")
    membership, _ = sale_key(given.sale)
    if membership and members_asked.holder_of(membership) != membership:
        # Her books are called back for it: what that would bring, only doing it tells.
        return in_trial(lambda: _previewed(actor, at, given))
    return _previewed(actor, at, given)


def _previewed(actor: Actor, at: datetime, given: ReturnInput) -> ReturnView:
    recalled = _recalled(actor, at, given)
    plan = _planned(actor, at, given, recalled)
    if plan.account is not None:
        plan.account, _ = fold(plan.account, _journal(actor, plan, "return"), written_at=at)
    seen = _view(plan, given, at, "return", "")
    return seen if recalled is None else replace(seen, balance=_with_kept(seen.balance, recalled.keep, at))


def _with_kept(balance: Mapping[str, int], keep: int, at: datetime) -> dict[str, int]:
    """Together with what the one who goes on has: with her it will be."""
    hers = units_left(ledger_facts.accounts([keep])[keep].units, at)
    return {name: balance.get(name, 0) + hers.get(name, 0) for name in {**balance, **hers}}


def _recalled(actor: Actor, at: datetime, given: ReturnInput) -> members.Recalled | None:
    """Her books, where the member who bought has been merged into another."""
    membership, _ = sale_key(given.sale)
    return members.recall_books(actor=actor, at=at, membership=membership) if membership else None


def _planned(actor: Actor, at: datetime, given: ReturnInput, recalled: members.Recalled | None) -> Plan:
    """The plan; what an absorbed member's own lots do not cover is taken from those of the one who goes on."""
    plan = plan_return(actor, at, given)
    if recalled is not None and plan.shortfall:
        members.lend_units(recalled, plan.shortfall["unit"], plan.shortfall["units"])
        plan = plan_return(actor, at, given)
    return plan


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

    return perform(
        "void_sale",
        actor=actor,
        at=at,
        subject=f"sale:{given.sale}",
        given=given,
        key=key,
        returns=ReturnView,
        do=lambda: _make(actor, at, ReturnInput(sale=given.sale, reason=given.reason, clerk=given.clerk), "void"),
    )


def _make(actor: Actor, at: datetime, given: ReturnInput, kind: str) -> ReturnView:
    sold = sold_sale(actor, given.sale)
    recalled = _recalled(actor, at, given)
    if sold.membership:
        ledger.lock_accounts([sold.membership])
    else:
        lock_walk_in_sale(sold.id)
    if kind == "void":
        refuse_late_void(sold_sale(actor, given.sale), at)
    plan = _planned(actor, at, given, recalled)
    settled = None
    if plan.shortfall:
        plan, settled = _settled(actor, at, given, plan, recalled), given.settle
    seq = _post(actor, at, plan, kind)
    n = _record(actor, at, given, plan, kind, seq, settled)
    event = SaleVoided if kind == "void" else SaleReturned
    reconsider(actor, at, plan)
    told = event(membership=sold.membership or None, shop=sold.shop_id, reference=f"{sold.id}.{n}")
    tell(actor.programme, [told], at)
    if recalled is not None:
        members.hand_books_on(recalled)
        plan.account = ledger_facts.accounts([recalled.keep])[recalled.keep]
    return _view(plan, given, at, kind, f"{given.sale}.{n}")


def _settled(actor: Actor, at: datetime, given: ReturnInput, plan: Plan, recalled: members.Recalled | None) -> Plan:
    """The plan with its shortfall settled in the way given, one the clause offers. What a gift does not cover is claimed
    in money, where the clause takes money."""
    assert plan.shortfall is not None
    ways = plan.shortfall["ways"]
    if given.settle is None or given.settle.way not in ways:
        raise _unsettled(plan)
    if given.settle.way == "gift":
        reference = given.settle.redemption or ""
        take_gift_back(actor=actor, at=at, reference=reference, membership=plan.sale.membership)
        plan = _planned(actor, at, given, recalled)
        if plan.shortfall and "cash" not in ways:
            raise _unsettled(plan)
    plan.claim = plan.shortfall["worth"] if plan.shortfall else 0
    return plan


def _unsettled(plan: Plan) -> refusals.ShortfallUnsettled:
    why = next(reason for reason in plan.reasons if reason.say == "shortfall")
    told = sentence(plan.rulebook, why)
    return refusals.ShortfallUnsettled(field="settle", clause=why.clause, why=told, **(plan.shortfall or {}))


def _post(actor: Actor, at: datetime, plan: Plan, kind: str) -> int | None:
    """Write the return's journal, rights and rung; the journal's seq, None for a walk-in."""
    sold = plan.sale
    if plan.account is None:
        return None
    account, sealed = fold(plan.account, _journal(actor, plan, kind), written_at=at)
    links = [(sold.membership, sealed)]
    after, late = ledger.lapse_due({sold.membership: account}, at=at, written_at=at, pending=links)
    plan.account = after[sold.membership]
    ledger.write_sealed(actor.programme, [plan.account], [*links, *late], at)
    moves = [RightMove(sold.membership, right, plan.at, f"{kind}:{sold.id}") for right in plan.rights_back]
    if moves:
        entitlements.restore_rights(programme=actor.programme, moves=moves, written_at=at)
    take_back(actor, at, plan, kind)
    fallen = ((plan.holder, plan.tier), (sold.membership, plan.own_tier))
    changes = [_fall(actor, sold, whose, tier, kind) for whose, tier in fallen if tier is not None]
    if changes:
        members.record_changes(changes, at)
    return account.seq


def _fall(actor: Actor, sold: SoldSale, membership: int, tier: SetTier, kind: str) -> NewChange:
    return NewChange(
        membership=membership,
        what="tier",
        before=sold.document["tier"]["after"],
        after=tier.tier,
        at=tier.at,
        clause=tier.clause,
        cause=f"{kind}:{sold.id}",
        values=dict(tier.values),
        actor=actor.reference,
    )


def _journal(actor: Actor, plan: Plan, kind: str) -> Journal:
    sold = plan.sale
    return Journal(
        at=plan.at,
        cause=(kind, sold.id),
        actor=actor.reference,
        version=sold.version,
        movements=tuple(plan.movements),
        tallies=plan.tallies,
        reverses=sold.seq,
    )


def _record(
    actor: Actor,
    at: datetime,
    given: ReturnInput,
    plan: Plan,
    kind: str,
    seq: int | None,
    settled: Settlement | None,
) -> int:
    sold = plan.sale
    n = sold.returns + 1
    shop = identity.shop(actor.programme, given.shop).id if given.shop else sold.shop_id
    actor.demand("return", shop)
    clerk = given.clerk or actor.name
    shift = shift_taking(actor, sold, shop, kind, clerk, at)
    Return.objects.create(
        membership_id=sold.membership,
        sale_seq=sold.seq,
        n=n,
        programme_id=actor.programme,
        shop_id=shop,
        kind=kind,
        at=plan.at,
        written_at=at,
        actor=actor.reference,
        refund=plan.refund - plan.claim,
        kept=list(plan.kept),
        document=_document(at, given, plan, settled) | {"journal": seq, "actor": clerk, "shift": shift},
    )
    return n


def _document(at: datetime, given: ReturnInput, plan: Plan, settled: Settlement | None) -> dict[str, Any]:
    """What the return is told by from now on."""
    sold, refund = plan.sale, plan.refund - plan.claim
    return {
        "tenders": tenders_back(sold.document["tenders"], sold.refunds, refund, given.means, plan.stored_back.total),
        "balance": _balances(plan, at),
        "wallet": _wallet(plan, at),
        "claim": plan.claim,
        "settle": settled.way if settled else None,
        "taken_back": plan.taken_back,
        "given_back": plan.given_back,
        "forgiven": plan.forgiven,
        "reasons": reasons_of(tuple(plan.reasons)),
        "reason": given.reason,
        "left_paid": plan.after.due,
        "withdrawn": plan.tier is not None,
    }


def _view(plan: Plan, given: ReturnInput, now: datetime, kind: str, reference: str) -> ReturnView:
    """The return as it is told; a late one with the balance of now."""
    return ReturnView(
        id=reference,
        sale=given.sale,
        kind=kind,
        at=plan.at,
        refund=plan.refund - plan.claim,
        claim=plan.claim,
        kept=plan.kept,
        left_paid=plan.after.due,
        taken_back=plan.taken_back,
        given_back=plan.given_back,
        forgiven=plan.forgiven,
        shortfall=None if plan.claim else plan.shortfall,
        tier={"after": plan.tier.tier, "title": dict(plan.tier.values)["to"]} if plan.tier else None,
        reasons=tuple((r.clause, r.say, r.given, dict(r.values)) for r in plan.reasons),
        balance=_balances(plan, now),
        wallet=_wallet(plan, now),
    )


def _balances(plan: Plan, now: datetime) -> dict[str, int]:
    return units_left(plan.account.units, now) if plan.account is not None else {}


def _wallet(plan: Plan, now: datetime) -> dict[str, int] | None:
    return wallet_of(plan.stored_back, plan.account.units, now) if plan.account is not None else None


__all__ = ["preview_return", "return_sale", "void_sale"]
