"""Writing down that a tier, a standing or a card changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.kernel.events import Event
from huiguan.members.events import of_change
from huiguan.members.storing import follow_changes, insert_changes
from huiguan.members.values import NewChange


def record_changes(changes: Sequence[NewChange], written_at: datetime) -> None:
    """Append changes and let standing and tier follow the newest by moment; a few statements for all.

    A change of a past moment, behind a later one, stays history: it does not move where the member stands now.
    """
    if changes:
        events: dict[int, list[Event]] = {}
        for programme, membership, seq, what, after in insert_changes(changes, written_at):
            event = of_change(what, after)(membership=membership, reference=f"{membership}-{seq}")
            events.setdefault(programme, []).append(event)
        for programme, told in events.items():
            tell(programme, told, written_at)
        follow_changes(sorted({change.membership for change in changes if change.what != "card"}))
