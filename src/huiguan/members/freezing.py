"""Cards frozen and let go again, with the review somebody decides; inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.members.changes import record_changes
from huiguan.members.models import Card, CardReview, Membership
from huiguan.members.refusals import CardFrozen
from huiguan.members.values import CARD_ACTIVE, CARD_FROZEN, NewChange, NewReview


def newest_card(membership: int) -> Card | None:
    """The card that counts; None before the first."""
    return Card.objects.filter(membership_id=membership).order_by("-seq").first()


def cards_of(membership: int) -> list[Card]:
    """Every card that leads to the membership, the newest first: its own, then those of memberships merged into it."""
    absorbed = Membership.objects.filter(merged_into=membership).order_by("-pk").values_list("pk", flat=True)
    keys = [membership, *absorbed]
    cards = list(Card.objects.filter(membership_id__in=keys).order_by("-seq"))
    return sorted(cards, key=lambda card: keys.index(card.membership_id))


def frozen_cards(membership: int) -> list[Card]:
    """Those nobody has let go."""
    return [card for card in cards_of(membership) if card.frozen_at is not None]


def open_review(membership: int) -> CardReview | None:
    """What is being looked at; at most one."""
    return CardReview.objects.filter(membership_id=membership, decided_at=None).first()


def open_reviews(programme: int, found: Sequence[NewReview], written_at: datetime) -> None:
    """Open what was found and freeze the cards it says: the one it names, else every card in use. A membership that is
    being looked at already gets no second review, but its cards are frozen all the same."""
    keys = sorted({each.membership for each in found})
    list(Membership.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for each in found:
        cards = cards_of(each.membership)
        meant = [card for card in cards if card.status == CARD_ACTIVE and each.card in (None, card.number)]
        frozen = meant if each.freeze else []
        shown = next(iter(frozen or cards), None)
        CardReview.objects.bulk_create([_row(programme, each, shown, bool(frozen), written_at)], ignore_conflicts=True)
        if frozen:
            CardReview.objects.filter(membership_id=each.membership, decided_at=None).update(frozen=True)
        for card in frozen:
            _freeze(card, each, written_at)


def _row(programme: int, found: NewReview, card: Card | None, frozen: bool, written_at: datetime) -> CardReview:
    return CardReview(
        programme_id=programme,
        membership_id=found.membership,
        card=card.number if card else "",
        frozen=frozen,
        opened_at=found.at,
        written_at=written_at,
        opened_by=found.actor,
        clause=found.clause or "",
        version=found.version,
        say=found.say,
        values=dict(found.values),
        cause=found.cause[:300],
    )


def _freeze(card: Card, found: NewReview, written_at: datetime) -> None:
    Card.objects.filter(pk=card.pk).update(status=CARD_FROZEN, frozen_at=found.at)
    told = {"card": card.number}
    change = NewChange(
        card.membership_id, "card", card.status, CARD_FROZEN, found.at, found.clause, found.cause, told, found.actor
    )
    record_changes([change], written_at)


def let_go(card: Card, actor: str, at: datetime, reason: str) -> None:
    """The card opens again what it opened before; one that was lost meanwhile stays lost."""
    again = CARD_ACTIVE if card.status == CARD_FROZEN else card.status
    Card.objects.filter(pk=card.pk).update(status=again, frozen_at=None)
    if again != card.status:
        told = {"card": card.number}
        change = NewChange(card.membership_id, "card", CARD_FROZEN, again, at, None, reason, told, actor)
        record_changes([change], at)


def demand_not_frozen(card: Card, field: str = "member") -> None:
    """CardFrozen while nobody has let the card go."""
    if card.frozen_at is not None:
        review = open_review(card.membership_id)
        raise CardFrozen(field=field, clause=(review.clause or None) if review else None, number=card.number)


def decide(review: CardReview, decision: str, actor: str, at: datetime, reason: str) -> None:
    """Close a review: `released` or `confirmed`, and why."""
    review.decided_at, review.decision, review.reason, review.decided_by = at, decision, reason[:300], actor
    review.save(update_fields=["decided_at", "decision", "reason", "decided_by"])
