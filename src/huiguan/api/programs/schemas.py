"""API clients as programs read them; a key is in no answer but the one that made it."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer


class ProgramAnswer(Answer):
    """A client. `tail`: the end of its key; `shops` null for every shop; `old_key_until`: until when the key before
    opens too."""

    name: str
    tail: str
    powers: list[str]
    shops: list[str] | None
    rate_per_minute: int
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    old_key_until: datetime | None


class ProgramsPage(Answer):
    items: list[ProgramAnswer]
    next: str | None


class NewKeyAnswer(Answer):
    """`key` is told this once, null when asked again under the same idempotency key."""

    name: str
    key: str | None


class RefusedCallAnswer(Answer):
    """What a client was refused at an address: how often, and when last."""

    code: str
    address: str
    times: int
    last_at: datetime


class RefusedCallsPage(Answer):
    items: list[RefusedCallAnswer]
    next: str | None
