"""Writing down what the years of cards came to: tiers not kept, cards void."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.members.changes import record_changes
from huiguan.members.models import Card
from huiguan.members.values import CARD_ACTIVE, CARD_VOID, NewChange
from huiguan.rules.facts import CardFact, MemberFacts
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import Review, reviews

CAUSE = "review"


def judge(
    programme: int, rulebook: Programme, members: Mapping[int, MemberFacts], at: datetime, written_at: datetime
) -> int:
    """Judge the card years that ended by `at` and write down what they came to; how many members fell."""
    changes: list[NewChange] = []
    fallen = set()
    for facts in members.values():
        tier, card = facts.tier, facts.card
        for review in reviews(rulebook, facts, at):
            if review.fall is not None and card is not None:
                changes += _fall(facts.membership, tier, card, review)
                tier = review.fall.tier
                fallen.add(facts.membership)
            if card is not None:
                _mark(programme, card.number, review)
    record_changes(changes, written_at)
    return len(fallen)


def _fall(membership: int, tier: str, card: CardFact, review: Review) -> list[NewChange]:
    fall = review.fall
    assert fall is not None, "asked only of a year that did not keep the tier"
    values = dict(fall.values)
    told = [NewChange(membership, "tier", tier, fall.tier, fall.at, fall.clause, CAUSE, values, "system")]
    if values["card"] == CARD_VOID:
        named = {"card": card.number}
        told.append(NewChange(membership, "card", CARD_ACTIVE, CARD_VOID, fall.at, fall.clause, CAUSE, named, "system"))
    return told


def _mark(programme: int, number: str, review: Review) -> None:
    """The year is judged; it is not judged again when goods of it come back."""
    void = {"status": CARD_VOID} if review.fall is not None and review.fall.values["card"] == CARD_VOID else {}
    Card.objects.filter(programme_id=programme, number=number).update(reviewed_at=review.at, **void)
