"""How a member's stored value stands, and what became of one top-up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.checkout.balances import stored_left
from huiguan.checkout.models import TopUp, TopUpRefund
from huiguan.checkout.stored_refusals import TopUpUnknown
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger.values import Account
from huiguan.members import queries as members
from huiguan.rules.kinds import top_up
from huiguan.rules.programme import Programme
from huiguan.rules.refunds import Back
from huiguan.rules.wallet import BONUS, PRINCIPAL


def left_told(account: Account, at: datetime) -> dict[str, int]:
    """What may be spent of stored value, as an answer keeps it."""
    left = stored_left(account.units, at)
    return {PRINCIPAL: left.principal, BONUS: left.bonus}


def earlier_of(rulebook: Programme, membership: int) -> tuple[tuple[top_up.Earlier, ...], bool]:
    """The member's top-ups so far, with those of memberships merged into hers, and whether one showed who she is."""
    rows = list(TopUp.objects.filter(membership_id__in=[membership, *members.absorbed_by(membership)]))
    undone = set(_undone(rows))
    told = tuple(
        top_up.Earlier(local_day(row.at, rulebook.zone), row.document["bonus_clause"], row.pk in undone) for row in rows
    )
    return told, any(row.document["identity"] for row in rows)


def _undone(rows: Iterable[TopUp]) -> Iterable[tuple[int, int]]:
    """Those that were refunded whole."""
    known = {row.pk: row.amount for row in rows}
    back: dict[tuple[int, int], int] = {}
    for refund in TopUpRefund.objects.filter(membership_id__in={membership for membership, _ in known}):
        key = (refund.membership_id, refund.top_up_seq)
        back[key] = back.get(key, 0) + refund.refund
    return (key for key, amount in back.items() if key in known and amount == known[key])


def found_top_up(actor: Actor, reference: str) -> TopUp:
    """The top-up of an id ("382-5"); TopUpUnknown outside the actor's programme."""
    membership, _, seq = reference.partition("-")
    if membership.isdecimal() and seq.isdecimal() and len(membership) < 19 and len(seq) < 19:
        row = TopUp.objects.filter(membership_id=int(membership), seq=int(seq), programme_id=actor.programme).first()
        if row is not None and (actor.membership is None or actor.membership == row.membership_id):
            return row
    raise TopUpUnknown(field="top_up", top_up=reference[:60])


def refunds_of(row: TopUp) -> list[TopUpRefund]:
    """Its refunds, in order."""
    return list(TopUpRefund.objects.filter(membership_id=row.membership_id, top_up_seq=row.seq).order_by("n"))


def back_of(rulebook: Programme, row: TopUp, account: Account, at: datetime, *, free: bool) -> Back:
    """The top-up as it stands: what is left in its lots and may be moved, what of it was spent, net of returns."""
    flows = ledger_facts.lot_flows((row.membership_id, row.seq))
    elsewhere = ledger_facts.lapsed_of_lots(members.lots_elsewhere(row.membership_id, row.seq))
    left, spent = {}, {}
    for unit, whole in ((PRINCIPAL, row.amount), (BONUS, row.bonus)):
        state = account.unit(unit)
        lots = sum(lot.left for lot in state.lots if lot.key[0] == row.seq)
        gone = flows.get(unit, {})
        other = sum(gone.get(purpose, 0) for purpose in ("refunded", "clawed", "expired"))
        spent[unit] = whole - lots - other - elsewhere.get(unit, 0)
        left[unit] = max(0, min(lots, state.balance - state.held))
    return Back(
        day=local_day(row.at, rulebook.zone),
        today=local_day(at, rulebook.zone),
        amount=row.amount,
        bonus=row.bonus,
        left=left[PRINCIPAL],
        left_bonus=left[BONUS],
        spent=spent[PRINCIPAL],
        spent_bonus=spent[BONUS],
        deducted=sum(each.deducted for each in refunds_of(row)),
        free=free,
    )
