"""Stored value: a member's, a top-up, and all that is outstanding."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.balances import stored_left
from huiguan.checkout.models import CustodyBalance, StoredDay, TopUp
from huiguan.checkout.stored.refunding import view_of as refund_view
from huiguan.checkout.stored.standing import found_top_up, refunds_of
from huiguan.checkout.stored.topping_up import view_of
from huiguan.checkout.stored.watching import in_custody, quarter_end, totals_of
from huiguan.checkout.values import CustodyView, OutstandingView, TopUpRefundView, TopUpView, WalletView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger.lots import alive, settled
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import outstanding as law
from huiguan.rules.wallet import BONUS, MONEY

_READING = ("sell", "return", "read_members", "audit")


def wallet(actor: Actor, member: str, at: datetime) -> WalletView:
    """What a member has stored. Takes one of sell, return, read_members, audit, or is the member's own."""
    _demand(actor)
    membership = members.membership(actor, member)
    account = settled(ledger_facts.accounts([membership])[membership], at)
    left = stored_left(account.units, at)
    ends = sorted((lot.expires_at, lot.left) for lot in account.unit(BONUS).lots if alive(lot, at) and lot.expires_at)
    soonest = ends[0][0] if ends else None
    return WalletView(
        member=members.numbers(actor.programme, [membership])[membership],
        principal=left.principal,
        bonus=left.bonus,
        held=sum(account.unit(unit).held for unit in MONEY),
        bonus_ends=soonest,
        bonus_ending=sum(amount for end, amount in ends if end == soonest),
        pin=member_facts.pin_state(membership),
    )


def top_up(actor: Actor, reference: str) -> TopUpView:
    """One top-up by its id; TopUpUnknown."""
    _demand(actor)
    return _views(actor, [found_top_up(actor, reference)])[0]


def top_ups(
    actor: Actor, member: str, *, before: tuple[datetime, int] | None = None, limit: int = 50
) -> list[TopUpView]:
    """A member's top-ups, newest first, from beyond `before` (at, seq); those of members merged into her are hers."""
    _demand(actor)
    membership = members.membership(actor, member)
    rows = TopUp.objects.filter(membership_id__in=[membership, *members.absorbed_by(membership)])
    if before is not None:
        rows = rows.filter(at__lt=before[0]) | rows.filter(at=before[0], seq__lt=before[1])
    return _views(actor, list(rows.order_by("-at", "-seq")[:limit]))


def top_up_refunds(actor: Actor, reference: str) -> list[TopUpRefundView]:
    """The refunds of a top-up, in order."""
    _demand(actor)
    row = found_top_up(actor, reference)
    member = members.numbers(actor.programme, [row.membership_id])[row.membership_id]
    return [refund_view(back, row, member) for back in refunds_of(row)]


def outstanding(actor: Actor, at: datetime, nights: int = 30) -> OutstandingView:
    """All that was stored at `at`, beside what the law allowed then and what lay in custody. Takes `audit`."""
    actor.demand("audit")
    rulebook = programmes.programme_at(actor.programme, at)
    principal, bonus = totals_of(actor, at)
    today, bounds = local_day(at, rulebook.zone), law.limits(rulebook)
    before, kept = quarter_end(actor.programme, today), in_custody(actor.programme, today)
    rows = StoredDay.objects.filter(programme_id=actor.programme, day__lt=today).order_by("-day")[:nights]
    statements = CustodyBalance.objects.filter(programme_id=actor.programme, day__lte=today).order_by("-day", "-id")[:8]
    return OutstandingView(
        at=at,
        principal=principal.held,
        bonus=bonus.held,
        holders=principal.holders,
        ceiling=bounds.ceiling,
        needed=-(-before * bounds.custody_percent // 100),
        in_custody=kept,
        quarter_end=before,
        findings=law.watched(rulebook, outstanding=principal.held, quarter_end=before, in_custody=kept or 0),
        nights=tuple((row.day, row.principal, row.bonus, row.holders, len(row.findings)) for row in rows),
        statements=tuple(CustodyView(row.day, row.balance, row.note, row.actor_name) for row in statements),
    )


def _views(actor: Actor, rows: list[TopUp]) -> list[TopUpView]:
    numbers = members.numbers(actor.programme, {row.membership_id for row in rows})
    shops = identity.shops_by_id(actor.programme, {row.shop_id for row in rows})
    return [
        view_of(
            row,
            numbers[row.membership_id],
            shops[row.shop_id].code if row.shop_id in shops else "",
            sum(back.refund for back in refunds_of(row)),
        )
        for row in rows
    ]


def _demand(actor: Actor) -> None:
    if actor.membership is None and not any(actor.may(power) for power in _READING):
        actor.demand("read_members")
