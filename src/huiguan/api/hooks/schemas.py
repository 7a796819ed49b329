"""Subscriptions and their deliveries, as programs read them."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer
from huiguan.hooks.inputs import EventTypes, HookName, Url
from huiguan.kernel.inputs import Input


class HookChanges(Input):
    """What is not given stays."""

    name: HookName | None = None
    url: Url | None = None
    types: EventTypes | None = None


class NewHookAnswer(Answer):
    """A subscription just made, or its new `secret`: told this once, null when asked again under the same key."""

    id: int
    name: str
    url: str
    secret: str | None


class AttemptAnswer(Answer):
    """One request to the receiver. `message` is the webhook-id, `n` which attempt at it; `status` null where no answer
    came; `trouble` empty where it was taken; `answer` its first 500 characters; `by`: who asked for it by hand."""

    id: int
    message: str
    kind: str
    n: int
    at: datetime
    status: int | None
    ms: int
    trouble: str
    answer: str
    by: str


class HookAnswer(Answer):
    """A subscription. `types` empty: all the client may read; `state` active, paused, stopped; `reason` why it is not
    active; `behind`: events not looked at yet; `failures` of the event that is not taken, tried again at `retry_at`."""

    id: int
    client: str
    name: str
    url: str
    types: list[str]
    state: str
    reason: str
    behind: int
    failures: int
    retry_at: datetime | None
    failing_since: datetime | None
    old_secret_until: datetime | None
    created_at: datetime
    last: AttemptAnswer | None


class HooksPage(Answer):
    """Subscriptions by name; all on one page."""

    items: list[HookAnswer]
    next: str | None


class AttemptsPage(Answer):
    """Attempts, newest first."""

    items: list[AttemptAnswer]
    next: str | None


class AskedAnswer(Answer):
    """The worker was asked to send `message`; what came of it stands among the attempts."""

    hook: int
    message: str
