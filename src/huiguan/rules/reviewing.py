"""What is due of a member by the years of her card, true when it is read: tiers not kept, a card at its end. Pure.

A card's year runs from the local day it was issued to the day before that day comes round again. At its end the tier is
judged; at the end of its last year the card is void of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.kernel.records import replace
from huiguan.rules.effects import Decision, SetTier
from huiguan.rules.facts import CardFact, MemberFacts
from huiguan.rules.kinds import credential, tier_ladder
from huiguan.rules.once import once
from huiguan.rules.programme import Programme

VOID, EXPIRED = "void", "expired"
RUNNING = ("active", "frozen")  # a card that is frozen grows no younger
LONGEST = 731  # local days a review looks back on at most: the year judged, and another in which nobody looked


@dataclass(frozen=True, slots=True)
class Review:
    """A year of a card judged at its end `at`; `decision` is empty where the tier asks nothing of the year."""

    at: datetime
    decision: Decision

    @property
    def fall(self) -> SetTier | None:
        """The step down, where the year did not keep the tier."""
        return next((effect for effect in self.decision.effects if isinstance(effect, SetTier)), None)


@once
def judged(programme: Programme) -> bool:
    """Whether anything of a card's years is judged at all."""
    return bool(tier_ladder.keeps(programme)) or credential.validity(programme) is not None


def as_it_stands(programme: Programme, facts: MemberFacts, at: datetime) -> MemberFacts:
    """The member as she is at `at`, whatever the night has written down of it."""
    if not judged(programme) or facts.card is None:
        return facts
    for review in reviews(programme, facts, at):
        facts = after(facts, review)
    return replace(facts, card=_expired(programme, facts.card, at)) if facts.card else facts


def reviews(programme: Programme, facts: MemberFacts, at: datetime) -> Iterator[Review]:
    """The years of the newest card that ended by `at` and were not judged yet, in order. `facts.days` must reach back
    to the beginning of the first."""
    card = facts.card
    if card is None or card.status not in RUNNING or not tier_ladder.keeps(programme):
        return
    for first, last in _years(programme, card):
        end = at_day(last + timedelta(days=1), programme.zone)
        if end > at:
            return
        if card.reviewed_at is None or card.reviewed_at < end:
            review = Review(end, tier_ladder.review(programme, facts, first=first, last=last, at=end))
            yield review
            facts = after(facts, review)
            if facts.card is None or facts.card.status not in RUNNING:
                return


def after(facts: MemberFacts, review: Review) -> MemberFacts:
    """The member once a review has taken effect."""
    fall = review.fall
    if fall is None or facts.card is None:
        return facts
    void = fall.values["card"] == VOID
    card = replace(facts.card, status=VOID) if void else facts.card
    return replace(facts, tier=fall.tier, tier_since=fall.at, card=card)


def ends_at(programme: Programme, card: CardFact) -> datetime | None:
    """The first moment at which the card is no longer good; None: it has no end."""
    known = credential.validity(programme)
    if known is None:
        return None
    begun = local_day(card.term_since or card.issued_at, programme.zone)
    return at_day(add_months(begun, 12 * known[1]), programme.zone)


def _expired(programme: Programme, card: CardFact, at: datetime) -> CardFact:
    end = ends_at(programme, card)
    return replace(card, status=EXPIRED) if end is not None and at >= end and card.status == "active" else card


def _years(programme: Programme, card: CardFact) -> Iterator[tuple[date, date]]:
    """The years of a card by their first and last local day, without the last of a card that ends."""
    begun = local_day(card.term_since or card.issued_at, programme.zone)
    known = credential.validity(programme)
    # The year with which the card ends keeps nothing: the next card begins anew.
    number = known[1] - 1 if known is not None else 99
    for year in range(number):
        yield add_months(begun, 12 * year), add_months(begun, 12 * (year + 1)) - timedelta(days=1)
