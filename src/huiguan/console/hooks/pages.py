"""What the pages of webhooks are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import Cursor, Figure, Mark, Refused, Words
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class HookRow:
    """A subscription in the list."""

    name: str
    href: str
    client: str
    host: str
    types: Words
    mark: Mark
    behind: int
    last_at: datetime | None
    last: Words


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """A kind of event to choose, with its name in the API."""

    name: str
    title: Text
    on: bool


@dataclass(frozen=True, slots=True)
class HookForm:
    """A subscription as it is made or changed. `number` None: a new one."""

    number: int | None
    name: str
    url: str
    types: Sequence[TypeChoice]
    clients: Sequence[tuple[str, bool]]
    begin: str
    key: str
    refused: Refused | None = None
    wrong: str = ""  # the field the refusal names


@dataclass(frozen=True, slots=True)
class LogRow:
    """One attempt. `event`: its id, where it can be sent again."""

    at: datetime
    kind: Words
    message: str
    n: int
    mark: Mark
    trouble: Words
    ms: int
    answer: str
    by: str
    event: str


@dataclass(frozen=True, slots=True)
class LogPart:
    """What was sent, the newest first. `poll_href`: where to ask whether there is more by now."""

    rows: Sequence[LogRow]
    failed: bool
    poll_href: str
    resend_href: str
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class HookPage:
    """One subscription: how it stands, what may be done, its log. `secret` is shown this once."""

    number: int
    name: str
    url: str
    client: str
    mark: Mark
    figures: Sequence[Figure]
    types: Sequence[Text]
    acts: Sequence[tuple[str, Text, bool]]
    log: LogPart
    key: str
    warning: Words = ""
    old_until: datetime | None = None
    secret: str = ""
    asked: Sequence[tuple[str, Text, Text]] = field(default_factory=tuple)
