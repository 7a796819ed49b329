"""Why a further card is handed out, and what it takes: a lost one replaced, a higher tier's, one after the last ended."""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.moments import local_day
from huiguan.members.admitting import stands
from huiguan.members.models import Card
from huiguan.members.values import CARD_LOST, CARD_VOID
from huiguan.rules.effects import Reason
from huiguan.rules.facts import CardFact
from huiguan.rules.kinds import credential
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import ends_at

FIRST, REPLACEMENT, SWAP, RENEWAL = "first", "replacement", "swap", "renewal"


def why_issued(rulebook: Programme, old: Card | None, issued_at: datetime, *, higher: bool) -> str:
    """What a card is handed out for; `higher`: it brings a higher tier."""
    if old is None:
        return FIRST
    if higher:
        return SWAP
    return RENEWAL if old.status == CARD_VOID or _over(rulebook, old, issued_at) else REPLACEMENT


def replacement_terms(rulebook: Programme, old: Card, issued_at: datetime, why: str, paid: int) -> tuple[Reason, ...]:
    """Why it may be handed out and what was paid for it. Refuses ReplacementTooLate, ReplacementsUsedUp,
    CardFeeDiffers."""
    issued = local_day(issued_at, rulebook.zone)
    lost = local_day(old.lost_at, rulebook.zone) if old.status == CARD_LOST and old.lost_at else None
    if why != REPLACEMENT:
        return stands(rulebook, credential.free_of_charge(rulebook, paid=paid))
    before = [card for card in _replacements(old) if local_day(card.issued_at, rulebook.zone).year == issued.year]
    return stands(rulebook, credential.replacement(rulebook, issued=issued, lost=lost, before=len(before), paid=paid))


def _replacements(old: Card) -> list[Card]:
    return list(Card.objects.filter(membership_id=old.membership_id, why=REPLACEMENT))


def _over(rulebook: Programme, card: Card, at: datetime) -> bool:
    fact = CardFact(card.number, card.status, card.issued_at, term_since=card.term_since)
    end = ends_at(rulebook, fact)
    return end is not None and end <= at
