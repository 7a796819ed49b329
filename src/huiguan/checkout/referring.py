"""Friends who were brought: what came of their first purchase, looked at each night, and again when it comes back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from huiguan.checkout.models import Return, Sale
from huiguan.checkout.undoing import Plan
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.ledger import facts as ledger_facts
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.members.values import OpenReferral
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.referring import FirstPurchase, clause_of, due, outcome, undone

MOST = 50  # purchases looked through for one that did not come back


def settle_referrals(*, actor: Actor, at: datetime) -> int:
    """Settle every referral of the programme that is due by `at`; how many were. Running it again changes nothing."""
    settled = 0
    for referral in members_asked.open_referrals(actor.programme):
        settled += in_transaction(partial(_settle, actor, at, referral))
    return settled


def _settle(actor: Actor, at: datetime, referral: OpenReferral) -> bool:
    rulebook = programmes.version(referral.version)
    clause = rulebook.clauses[referral.clause]
    first = _first(rulebook, clause, referral.friend, at)
    found = outcome(
        rulebook,
        clause,
        joined=referral.joined_at,
        first=first,
        rewarded=members_asked.rewards_of(referral.referrer),
        at=at,
    )
    if found.state == "waiting":
        return False
    sale = first.sale if first and found.state == "rewarded" else ""
    members.settle_referral(actor=actor, at=at, friend=referral.friend, outcome=found, sale=sale)
    return True


def _first(rulebook: Programme, clause: Clause, friend: int, at: datetime) -> FirstPurchase | None:
    """The first purchase that did not come back altogether before it counts, with what was kept of it by then."""
    for sale in Sale.objects.filter(membership_id=friend, at__lte=at).order_by("at", "seq")[:MOST]:
        until = min(due(rulebook, clause, sale.at), at)
        back = list(Return.objects.filter(membership_id=friend, sale_seq=sale.seq, at__lt=until).order_by("n"))
        if not (back and not any(back[-1].kept)):
            return FirstPurchase(sale.at, sale.paid - sum(each.refund for each in back), f"{friend}-{sale.seq}")
    return None


def reconsider(actor: Actor, at: datetime, plan: Plan) -> None:
    """After a return: what the first purchase of a friend had brought is taken back where too little of it is left."""
    sold = plan.sale
    if not sold.membership or clause_of(plan.rulebook) is None:
        return
    found = members_asked.rewarded_sale(sold.membership)
    if found is None or found[0] != sold.id:
        return
    clause = programmes.version(found[2]).clauses[found[1]]
    reason = undone(clause, plan.after.due)
    if reason is not None:
        members.take_referral_back(actor=actor, at=at, friend=sold.membership, moment=plan.at, reason=reason)
        plan.account = ledger_facts.accounts([sold.membership])[sold.membership]
