"""What a card brings when it is issued: the grant clauses asked, their effects given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.entitlements import operations as entitlements
from huiguan.entitlements.values import NewRight
from huiguan.members.values import GivenRight
from huiguan.rules.effects import GrantRight, Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import grant
from huiguan.rules.programme import Programme

Given = tuple[tuple[GivenRight, ...], tuple[Reason, ...]]
Gifts = dict[int, Given]
NO_GIFTS: Given = ((), ())


def give_on_card(programme: int, rulebook: Programme, facts: Sequence[MemberFacts], written_at: datetime) -> Gifts:
    """Give what the newest card of each member brings, from its moment of issue on; membership -> (rights, reasons).

    A reason that is not `given` says why something is kept back.
    """
    decided = {}
    rights: list[NewRight] = []
    for member in facts:
        assert member.card is not None
        decision = grant.on_card_issued(rulebook, member, member.card.issued_at)
        decided[member.membership] = decision.reasons
        cause = f"card:{member.card.number}"
        rights += [NewRight.granted(member.membership, e, cause) for e in decision.effects if isinstance(e, GrantRight)]
    given: dict[int, list[GivenRight]] = {}
    for membership, fact in entitlements.grant_rights(programme=programme, rights=rights, written_at=written_at):
        told = GivenRight(fact.code, fact.name, fact.clause, fact.worth, fact.valid_from, fact.valid_until)
        given.setdefault(membership, []).append(told)
    return {membership: (tuple(given.get(membership, ())), reasons) for membership, reasons in decided.items()}
