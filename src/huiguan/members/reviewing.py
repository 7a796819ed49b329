"""What is being looked at and what was decided, told with the sentence of the clause that found it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.members.models import Card, CardReview
from huiguan.members.reading import status_of
from huiguan.members.register import names_of
from huiguan.members.values import ReviewTold
from huiguan.programme import queries as programmes

LIMIT = 200
SALE = "sale:"


def reviews(
    actor: Actor, at: datetime, *, decided: bool, membership: int | None = None, limit: int = LIMIT
) -> tuple[ReviewTold, ...]:
    """Reviews that wait, the longest first; or those decided, the last first. Of one membership or all."""
    rows = CardReview.objects.filter(programme_id=actor.programme).exclude(decided_at=None) if decided else (
        CardReview.objects.filter(programme_id=actor.programme, decided_at=None)
    )  # fmt: skip
    if membership is not None:
        rows = rows.filter(membership_id=membership)
    found = list(rows.order_by(*(("-decided_at", "-id") if decided else ("opened_at", "id")))[:limit])
    names = names_of(actor.programme, {row.membership_id for row in found})
    states = _states(actor.programme, {row.card for row in found if row.card}, at)
    return tuple(_told(row, names.get(row.membership_id, ("", "")), states.get(row.card, "none")) for row in found)


def waiting_reviews(actor: Actor) -> int:
    """How many reviews wait for a decision."""
    return CardReview.objects.filter(programme_id=actor.programme, decided_at=None).count()


def why_of(row: CardReview) -> dict[str, str]:
    """What was unusual in both languages: the clause's own sentence, else the person's words."""
    if not row.say or row.version is None:
        return {"zh": row.cause, "en": row.cause}
    says = programmes.version(row.version).clauses[row.clause].module.SAYS[row.say]
    told: dict[str, str] = says.both(**row.values)
    return told


def _states(programme: int, numbers: Iterable[str], at: datetime) -> dict[str, str]:
    rulebook = programmes.programme_at(programme, at)
    rows = Card.objects.filter(programme_id=programme, number__in=list(numbers))
    return {row.number: status_of(row, rulebook, at) for row in rows}


def _told(row: CardReview, who: tuple[str, str], status: str) -> ReviewTold:
    return ReviewTold(
        id=row.pk,
        member=who[0],
        name=who[1],
        card=row.card,
        card_status=status,
        frozen=row.frozen,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        why=why_of(row),
        clause=row.clause or None,
        sale=row.cause.removeprefix(SALE) if row.cause.startswith(SALE) else None,
        shop=row.values.get("shop"),
        decided_at=row.decided_at,
        decision=row.decision,
        reason=row.reason,
        decided_by=row.decided_by,
    )
