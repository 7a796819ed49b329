"""Messages as programs read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer
from huiguan.messaging.values import MessageTold, Preview, TryTold

_KEPT = frozenset({"version", "attempts", "retry_at", "written_at"})


class MessageAnswer(Answer):
    """A message. `to` is masked; `text` is what was read, the digits of a one-time code masked; `at` when it happened,
    `due_at` when it was to go. `member` and `name` are empty where it went to nobody known."""

    id: int
    member: str
    name: str
    occasion: str
    about: str
    clause: str
    channel: str
    to: str
    subject: str
    text: str
    at: datetime
    due_at: datetime
    state: str
    provider: str
    trouble: str
    sent_at: datetime | None
    delivered_at: datetime | None


class TryAnswer(Answer):
    """One time it was given to a provider, asked about or reported on."""

    at: datetime
    what: str
    outcome: str
    trouble: str
    by: str


class OneMessageAnswer(MessageAnswer):
    tries: list[TryAnswer]


class MessagesPage(Answer):
    """Messages, the newest first."""

    items: list[MessageAnswer]
    next: str | None


class MovedAnswer(Answer):
    message: int


class PreviewAnswer(Answer):
    """What would be received. `text` is empty where nothing would go, and `reason` says why; `parts`: as how many text
    messages it goes."""

    clause: str
    channel: str
    to: str
    subject: str
    text: str
    parts: int
    due_at: datetime | None
    reason: Mapping[str, str]


def told_message(told: MessageTold) -> dict[str, Any]:
    plain = asdict(told)
    return {"to": plain.pop("masked"), **{name: value for name, value in plain.items() if name not in _KEPT}}


def told_one(told: MessageTold, tries: tuple[TryTold, ...]) -> dict[str, Any]:
    return {**told_message(told), "tries": [asdict(each) for each in tries]}


def told_preview(seen: Preview) -> dict[str, Any]:
    plain = asdict(seen)
    return {"to": plain.pop("masked"), **plain}
