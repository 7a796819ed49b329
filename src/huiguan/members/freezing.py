"""Cards frozen and let go again, with the review somebody decides; inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from huiguan.members.ahead import CARD
from huiguan.members.changes import catch_up, keep_ahead, record_changes
from huiguan.members.models import Card, CardReview, Mark, Membership
from huiguan.members.refusals import CardFrozen, HeldByMeasure
from huiguan.members.values import CARD_ACTIVE, CARD_FROZEN, NewChange, NewReview


def newest_card(membership: int) -> Card | None:
    """The card that counts; None before the first."""
    return Card.objects.filter(membership_id=membership).order_by("-seq").first()


def open_review(membership: int) -> CardReview | None:
    """What is being looked at; at most one."""
    return CardReview.objects.filter(membership_id=membership, decided_at=None).first()


def open_reviews(programme: int, found: Sequence[NewReview], written_at: datetime) -> None:
    """Open what was found and freeze the cards it says; a membership that is being looked at already gets no second
    review, but its card is frozen all the same."""
    keys = sorted({each.membership for each in found})
    list(Membership.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    catch_up(keys, written_at)
    for each in found:
        keep_ahead(each.membership, CARD, ())  # whoever looks at it decides, whatever a measure would give back
        card = newest_card(each.membership)
        freezes = each.freeze and card is not None and card.status == CARD_ACTIVE
        CardReview.objects.bulk_create([_row(programme, each, card, freezes, written_at)], ignore_conflicts=True)
        if freezes and card is not None:
            CardReview.objects.filter(membership_id=each.membership, decided_at=None).update(frozen=True)
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
        found.membership, "card", card.status, CARD_FROZEN, found.at, found.clause, found.cause, told, found.actor
    )
    record_changes([change], written_at)


def measure_holding(membership: int, at: datetime) -> Mark | None:
    """The mark of the measure that holds the card at `at`."""
    return Mark.objects.filter(Q(until=None) | Q(until__gt=at), membership_id=membership, name="measure_card").first()


def demand_free(membership: int, at: datetime) -> None:
    """HeldByMeasure: while a measure holds the card nobody lets it go by hand."""
    held = measure_holding(membership, at)
    if held is not None:
        raise HeldByMeasure(field="member", clause=held.clause or None, measure=held.cause)


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
