"""Words that cross the border of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.kernel.text import Text

PING = "Ping"
ACTIVE, PAUSED, STOPPED = "active", "paused", "stopped"
STATES: dict[str, Text] = {
    ACTIVE: Text(zh="投递中", en="Delivering"),
    PAUSED: Text(zh="已暂停", en="Paused"),
    STOPPED: Text(zh="已停用", en="Stopped"),
}
BY_HAND, GAVE_UP, GONE, REVOKED, RESTORED = "by_hand", "gave_up", "gone", "revoked", "restored"
FORGOTTEN = "forgotten"
REASONS: dict[str, Text] = {
    "": Text(zh="", en=""),
    BY_HAND: Text(zh="由人暂停", en="Paused by hand"),
    GAVE_UP: Text(zh="同一条消息试了三天都没有送到", en="One message was not taken for three days"),
    GONE: Text(zh="对方答复 410：这个地址不再接收", en="The receiver answered 410: it wants no more"),
    REVOKED: Text(zh="它所属的接入程序已撤销", en="Its program was revoked"),
    RESTORED: Text(
        zh="账册由备份恢复：确认无误后再继续", en="The books were put back from a backup: look, then resume"
    ),
    FORGOTTEN: Text(zh="落下太久，未投的消息已不再保存", en="It fell behind further than events are kept"),
}


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One event as programs read it. `id` is its place in the feed ("9f1c22ab-1042"), never given twice; `data` the
    record in the API's own words, as it was then."""

    id: str
    type: str
    at: datetime | str
    written_at: datetime
    member: str | None
    shop: str | None
    cause: str | None
    clause: str | None
    data: dict[str, Any]
    position: int = 0


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events in order. `next`: the cursor behind everything looked at; `more`: whether there is more to ask for now."""

    items: tuple[FeedItem, ...]
    next: str
    position: int
    more: bool


@dataclass(frozen=True, slots=True)
class Hook:
    """A subscription as its keepers see it. `behind`: events placed and not looked at yet, for it or not; `waiting`:
    the kind of the event that is not taken, with its `failures` so far and the next attempt (`retry_at`)."""

    id: int
    client: str
    name: str
    url: str
    types: tuple[str, ...]
    state: str
    reason: str
    behind: int
    failures: int
    retry_at: datetime | None
    failing_since: datetime | None
    old_secret_until: datetime | None
    created_at: datetime
    last: AttemptTold | None


@dataclass(frozen=True, slots=True)
class NewHook:
    """A subscription just made, or its new secret. `secret` (whsec_…) is told this once; None when asked again under
    the same idempotency key."""

    id: int
    name: str
    url: str
    secret: str | None


@dataclass(frozen=True, slots=True)
class AttemptTold:
    """One request and what came of it. `answer`: the first characters of the receiver's; `by`: who asked by hand."""

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

    @property
    def taken(self) -> bool:
        return not self.trouble


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the worker: to send `message` to a subscription."""

    hook: int
    message: str
