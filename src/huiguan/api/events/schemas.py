"""What happened, as programs read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer


class EventAnswer(Answer):
    """One event, in the feed and in a webhook alike. `id` is its place in the order, never given twice; `at` when it
    happened, `written_at` when it was entered; `cause` what brought it about ("sale:382-17"), `clause` that of the
    rulebook. `data` is the thing itself as this API tells it, as it was then: which fields, docs/events.md says by type."""

    id: str
    type: str
    at: datetime
    written_at: datetime
    member: str | None
    shop: str | None
    cause: str | None
    clause: str | None
    data: dict[str, Any]


class EventsPage(Answer):
    """Events in order. `next` is the cursor behind all that was looked at: keep it, and ask `after` it. `more`: there is
    more to ask for at once, also where `items` is empty (what was looked at was not for this client)."""

    items: list[EventAnswer]
    next: str
    more: bool
