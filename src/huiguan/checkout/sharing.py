"""What somebody else buys on a member's account, counted by the day and held to what the rulebook lets her."""

from __future__ import annotations

from dataclasses import replace

from huiguan.checkout.quoting import Judged
from huiguan.members import queries as members
from huiguan.rules.effects import Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import relation
from huiguan.rules.programme import Programme


def within_limits(rulebook: Programme, facts: MemberFacts, judged: Judged, buyer: str | None) -> Judged:
    """The sale of `buyer` (None: the member herself) with what stands against it, and counted for her day."""
    sale = judged.bill.sale
    if sale.by_member or buyer is None or not relation.limited(rulebook):
        return judged
    user = members.users_at(facts.membership, sale.at).get(buyer)
    if user is None:
        return judged
    asked = (
        judged.bill.due,
        sum(effect.amount for effect in judged.spends if effect.purpose in ("offset", "trade_up")),
    )
    names = relation.measures(user)
    day = facts.days.get(sale.day, {})
    had = (day.get(names[0], 0), day.get(names[1], 0))
    counted = [Tally(None, name, amount) for name, amount in zip(names, asked, strict=True) if amount]
    judged = judged.also(relation.limits(rulebook, buyer, had, asked))
    return replace(judged, tallies=(*judged.tallies, *counted))


def user_of(judged: Judged) -> int | None:
    """Whose day the sale was counted for."""
    return next((int(t.measure.split(":")[1]) for t in judged.tallies if t.measure.startswith("user:")), None)
