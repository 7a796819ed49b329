"""Unusual use, looked for when a member's sale is decided, and only where a rulebook watches.

A purchase that shows a pattern opens a review and, as the clause says, freezes the card; it stands or is refused. A sale
that is refused moves nothing: what is written then is the watch's, not the sale's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from huiguan.checkout.quoting import Judged
from huiguan.checkout.till import Till
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.members.values import CARD_ACTIVE, CARD_FROZEN, NewReview
from huiguan.rules.effects import NOTHING, Decision, OpenReview
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import watch
from huiguan.rules.kinds.watch import Trail
from huiguan.rules.programme import Programme


def look(till: Till, rulebook: Programme, facts: MemberFacts, judged: Judged, shop: Shop) -> Decision:
    """What is unusual about this sale by the clauses of its moment; NOTHING as a rule."""
    if not watch.watched(rulebook):
        return NOTHING
    sale, membership = judged.bill.sale, facts.membership
    within = timedelta(minutes=watch.minutes(rulebook))
    near = [
        (at, other)
        for at, other in till.known.trails.get(membership, ())
        if other != shop.id and abs(at - sale.at) < within
    ]
    codes = identity.shops_by_id(till.actor.programme, {other for _, other in near}) if near else {}
    elsewhere = tuple((at, codes[other].code) for at, other in near if other in codes)
    trail = Trail(elsewhere, till.known.released.get(membership))
    return watch.decide(rulebook, facts, sale, judged.bill.due, trail)


def reviews_of(
    till: Till, found: Decision, rulebook: Programme, facts: MemberFacts, shop: Shop, at: datetime, cause: str
) -> list[NewReview]:
    """What was found, to be looked at; and from here on the batch finds the card frozen."""
    reviews = [
        NewReview(
            membership=facts.membership,
            at=at,
            freeze=effect.freeze,
            clause=effect.clause,
            version=rulebook.version,
            say=effect.reason.say,
            values={**effect.reason.values, "shop": shop.code},
            cause=cause,
            actor=till.actor.reference,
        )
        for effect in found.effects
        if isinstance(effect, OpenReview)
    ]
    now = till.facts[facts.membership]
    if any(each.freeze for each in reviews) and now.card is not None and now.card.status == CARD_ACTIVE:
        till.facts[facts.membership] = replace(now, card=replace(now.card, status=CARD_FROZEN))
    return reviews
