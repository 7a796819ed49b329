"""What a room above makes of a member's card and tier, and what becomes of them when that is over.

Called inside the caller's transaction; it asks for no power.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.members.changes import record_changes
from huiguan.members.freezing import newest_card, open_review
from huiguan.members.imposing import IMPOSED
from huiguan.members.marking import marks, put_mark
from huiguan.members.models import Card, Change, Membership
from huiguan.members.values import CARD_ACTIVE, CARD_FROZEN, CARD_VOID, NewChange

CARD_MARK = "measure_card"


def impose_card(
    *, programme: int, membership: int, to: str | None, at: datetime, actor: str, clause: str, cause: str
) -> None:
    """From `at` on the newest card is frozen or void because of `cause`; None: what was imposed on it is over. A card that
    was lost or replaced meanwhile stays so, and one that is being looked at stays frozen."""
    if marks(membership, at).get(CARD_MARK) == to:
        return
    put_mark(
        programme=programme, membership=membership, name=CARD_MARK, value=to, at=at, actor=actor, clause=clause,
        cause=cause,
    )  # fmt: skip
    card = newest_card(membership)
    if card is None or card.status not in (CARD_ACTIVE, CARD_FROZEN, CARD_VOID):
        return
    mine = Change.objects.filter(membership_id=membership, what="card").order_by("-at", "-seq").first()
    if to is None and (mine is None or not mine.cause.startswith(IMPOSED)):
        return
    again = CARD_FROZEN if open_review(membership) is not None else CARD_ACTIVE
    _put(card, to or again, at, NewChange(
        membership, "card", card.status, to or again, at, clause or None, f"{IMPOSED}{cause}", {"card": card.number}, actor
    ))  # fmt: skip


def _put(card: Card, status: str, at: datetime, change: NewChange) -> None:
    if card.status == status:
        return
    frozen = card.frozen_at or at if status == CARD_FROZEN else None
    Card.objects.filter(pk=card.pk).update(status=status, frozen_at=frozen)
    record_changes([change], at)


def impose_tier(
    *,
    programme: int,
    membership: int,
    at: datetime,
    actor: str,
    clause: str,
    cause: str,
    lower: Callable[[str, datetime | None], str],
) -> None:
    """The tier becomes what `lower(tier, since)` makes of it: of the tier the member has by herself, which she has `since`
    then where it came after something imposed (None: nothing was). What she reached meanwhile stays reached."""
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=programme)
    own, since = row.tier, None
    for change in Change.objects.filter(membership_id=membership, what="tier").order_by("-at", "-seq"):
        if not change.cause.startswith(IMPOSED):
            since = change.at
            break
        own = change.before
    to = lower(own, since)
    if to != row.tier:
        told = NewChange(membership, "tier", row.tier, to, at, clause or None, f"{IMPOSED}{cause}", {}, actor)
        record_changes([told], at)
