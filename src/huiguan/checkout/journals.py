"""What a sale moves in the member's account, as one journal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from huiguan.checkout.quoting import Judged
from huiguan.ledger import lots as lot_choice
from huiguan.ledger.values import Journal, LotTerms, Movement, house_address, member_address
from huiguan.rules.effects import Decision, Earn, Spend, Tally
from huiguan.rules.facts import MemberFacts, Sale
from huiguan.rules.kinds import expiry
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import BONUS


def sale_journal(rulebook: Programme, facts: MemberFacts, judged: Judged, *, actor: str, ref: str) -> Journal:
    """Units spent and earned by the sale, and what its local day counts."""
    sale = judged.bill.sale
    movements = [
        *_all_spent(rulebook, facts, sale.at, judged.spends),
        *(_earned(facts.membership, sale, effect) for effect in judged.earns),
    ]
    return Journal(
        at=sale.at,
        cause=("sale", ref),
        actor=actor,
        version=rulebook.version,
        movements=tuple(movements),
        tallies=tuple((sale.day, tally.measure, tally.amount) for tally in judged.tallies),
    )


def redemption_journal(
    rulebook: Programme, facts: MemberFacts, decision: Decision, *, at: datetime, day: date, actor: str, ref: str
) -> Journal:
    """Units turned into a gift or a coupon, and the turn that counts."""
    return Journal(
        at=at,
        cause=("redemption", ref),
        actor=actor,
        version=rulebook.version,
        movements=tuple(_spent(rulebook, facts, at, each) for each in decision.effects if isinstance(each, Spend)),
        tallies=tuple((day, each.measure, each.amount) for each in decision.effects if isinstance(each, Tally)),
    )


def _earned(membership: int, sale: Sale, effect: Earn) -> Movement:
    return Movement(
        unit=effect.unit,
        amount=effect.amount,
        debit=house_address(effect.unit, "issued"),
        credit=member_address(membership, effect.unit),
        clause=effect.clause,
        opens=LotTerms(earned_at=sale.at, expires_at=effect.expires_at, clause=effect.expiry_clause),
    )


def _all_spent(rulebook: Programme, facts: MemberFacts, at: datetime, spends: Sequence[Spend]) -> list[Movement]:
    """Each spend with the lots it takes: what one took, another of the same unit finds gone."""
    movements: list[Movement] = []
    for effect in spends:
        movements.append(_spent(rulebook, facts, at, effect))
        if len(spends) > 1:
            taken = dict(movements[-1].uses)
            lots = tuple(replace(lot, left=lot.left - taken.get(lot.key, 0)) for lot in facts.lots.get(effect.unit, ()))
            facts = replace(facts, lots={**facts.lots, effect.unit: lots})
    return movements


def _spent(rulebook: Programme, facts: MemberFacts, at: datetime, effect: Spend) -> Movement:
    order = "soonest" if effect.unit == BONUS else expiry.spending_order(rulebook, effect.unit)
    uses = lot_choice.choose(facts.lots.get(effect.unit, ()), effect.amount, at, order=order, unit=effect.unit)
    return Movement(
        unit=effect.unit,
        amount=effect.amount,
        debit=member_address(facts.membership, effect.unit),
        credit=house_address(effect.unit, "redeemed"),
        clause=effect.clause,
        uses=uses,
    )
