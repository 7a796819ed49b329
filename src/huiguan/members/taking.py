"""What a room above makes of a member's card and tier, and what becomes of them when that is over.

Called inside the caller's transaction; it asks for no power.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.members.ahead import CARD, TIER
from huiguan.members.changes import catch_up, keep_ahead, record_changes
from huiguan.members.freezing import newest_card, open_review
from huiguan.members.imposing import IMPOSED
from huiguan.members.marking import put_mark
from huiguan.members.models import Card, Change, Membership
from huiguan.members.resolving import locked_member
from huiguan.members.values import CARD_ACTIVE, CARD_FROZEN, CARD_VOID, NewChange

CARD_MARK = "measure_card"


def member_now(actor: Actor, text: str, at: datetime) -> Membership:
    """The membership's row, locked, with what measures have given back by `at` of tier and card written down."""
    member = locked_member(actor, text)
    catch_up([member.pk], at)
    return member if member.ahead is None else Membership.objects.select_for_update().get(pk=member.pk)


def impose_card(
    *,
    programme: int,
    membership: int,
    to: str | None,
    later: Sequence[tuple[datetime, str | None]],
    at: datetime,
    actor: str,
    clause: str,
    cause: str,
) -> None:
    """From `at` on the newest card is frozen or void because of `cause`; None: what was imposed on it is over. `later`: what
    it will be at each moment ahead. A card that was lost or replaced meanwhile stays so, and one that is being looked at
    stays frozen."""
    catch_up([membership], at)
    put_mark(
        programme=programme, membership=membership, name=CARD_MARK, value=to, at=at, actor=actor, clause=clause,
        cause=cause, until=next((moment for moment, word in later if word is None), None) if to else None,
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
    steps = [(moment, card.number, word or again, clause, f"{IMPOSED}{cause}") for moment, word in later]
    keep_ahead(membership, CARD, steps if to is not None else ())


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
    lower: Callable[[str, datetime | None, datetime], str],
    ends: Sequence[datetime],
) -> None:
    """The tier becomes what `lower(tier, since, moment)` makes of it at `at`, and at each of the moments ahead (`ends`): of
    the tier the member has by herself, which she has `since` then where it came after something imposed (None: nothing
    was). What she reached meanwhile stays reached."""
    catch_up([membership], at)
    row = Membership.objects.select_for_update().get(pk=membership, programme_id=programme)
    own, since = row.tier, None
    for change in Change.objects.filter(membership_id=membership, what="tier").order_by("-at", "-seq"):
        if not change.cause.startswith(IMPOSED):
            since = change.at
            break
        own = change.before
    to, why = lower(own, since, at), f"{IMPOSED}{cause}"
    if to != row.tier:
        record_changes([NewChange(membership, "tier", row.tier, to, at, clause or None, why, {}, actor)], at)
    told = [to, *(lower(own, since, moment) for moment in ends)]
    steps = [
        (moment, tier, clause, why)
        for moment, tier, before in zip(ends, told[1:], told, strict=False)
        if tier != before
    ]
    keep_ahead(membership, TIER, steps)
