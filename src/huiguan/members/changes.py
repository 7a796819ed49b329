"""Writing down that a tier, a standing or a card changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiguan.foundation.outbox import tell
from huiguan.kernel.events import Event
from huiguan.members.ahead import CARD, IMPOSED, TIER, due, with_steps, without_due
from huiguan.members.events import of_change
from huiguan.members.models import Card, Membership
from huiguan.members.storing import follow_changes, insert_changes
from huiguan.members.values import CARD_FROZEN, CARD_VOID, NewChange

HOUSE = "system:nightly"  # who gives back what is over of itself


def catch_up(memberships: Sequence[int], at: datetime) -> None:
    """Write down what measures have given back of tier and card by `at` and nobody has written yet, each at its moment."""
    rows = Membership.objects.select_for_update().filter(pk__in=memberships, ahead__isnull=False) if memberships else ()
    for row in rows:
        found: list[NewChange] = []
        tier = row.tier
        for moment, to, clause, cause in due(row.ahead, TIER, at):
            found.append(NewChange(row.pk, "tier", tier, to, moment, clause or None, cause, {}, HOUSE))
            tier = to
        card = Card.objects.filter(membership_id=row.pk).order_by("-seq").first()
        for moment, number, to, clause, cause in due(row.ahead, CARD, at):
            if card is not None and card.number == number and card.status in (CARD_FROZEN, CARD_VOID):
                told = {"card": number}
                found.append(NewChange(row.pk, "card", card.status, to, moment, clause or None, cause, told, HOUSE))
                card.status, card.frozen_at = to, card.frozen_at if to == CARD_FROZEN else None
                Card.objects.filter(pk=card.pk).update(status=to, frozen_at=card.frozen_at)
        Membership.objects.filter(pk=row.pk).update(ahead=without_due(row.ahead, at))
        _write([each for each in found if each.before != each.after], at)


def keep_ahead(membership: int, what: str, steps: Sequence[tuple[Any, ...]]) -> None:
    """These steps of a tier or card are ahead, in the place of those of before."""
    row = Membership.objects.select_for_update().get(pk=membership)
    told = with_steps(row.ahead, what, steps)
    if told != row.ahead:
        Membership.objects.filter(pk=membership).update(ahead=told)


def record_changes(changes: Sequence[NewChange], written_at: datetime) -> None:
    """Append changes and let standing and tier follow the newest by moment; a few statements for all.

    A change of a past moment, behind a later one, stays history: it does not move where the member stands now.
    """
    catch_up(sorted({change.membership for change in changes if change.what == "tier"}), written_at)
    _write(changes, written_at)


def _write(changes: Sequence[NewChange], written_at: datetime) -> None:
    if changes:
        events: dict[int, list[Event]] = {}
        for programme, membership, seq, what, after in insert_changes(changes, written_at):
            event = of_change(what, after)(membership=membership, reference=f"{membership}-{seq}")
            events.setdefault(programme, []).append(event)
        for programme, told in events.items():
            tell(programme, told, written_at)
        follow_changes(sorted({change.membership for change in changes if change.what != "card"}))
        _keep_reached({c.membership: c.at for c in changes if c.what == "tier" and not c.cause.startswith(IMPOSED)})


def _keep_reached(moments: Mapping[int, datetime]) -> None:
    """A tier a member came to by herself, the newest there is, stays whatever a measure gives back later."""
    rows = Membership.objects.filter(pk__in=moments, ahead__isnull=False) if moments else ()
    for row in rows:
        if row.tier_since == moments[row.pk]:
            Membership.objects.filter(pk=row.pk).update(ahead=with_steps(row.ahead, TIER, ()))
