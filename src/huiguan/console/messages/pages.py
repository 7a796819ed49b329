"""What the pages of messages are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import ClauseRef, Cursor, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message in a list. `who` her name, the address where nobody is known by it."""

    id: int
    href: str
    who: str
    aside: Words
    occasion: Words
    channel: Words
    text: str
    at: datetime
    mark: Mark
    note: Words = ""


@dataclass(frozen=True, slots=True)
class MessageListPage:
    """Messages, and what they are looked for by. `member`: whose they are, where it was asked for one's."""

    rows: Sequence[MessageRow]
    words: str
    states: Sequence[tuple[str, Words, bool]]
    occasions: Sequence[tuple[str, Words, bool]]
    filtered: bool
    member: str = ""
    member_name: str = ""
    waiting: int = 0
    failed: int = 0
    local: bool = False
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class TryRow:
    at: datetime
    what: Words
    mark: Mark
    trouble: str
    by: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message as she received it, with every time it was tried. `acts`: deed, its name, whether it is the main one."""

    row: MessageRow
    house: str
    subject: str
    masked: str
    member_href: str
    parts: int
    facts: Sequence[tuple[Words, Words]]
    tries: Sequence[TryRow]
    acts: Sequence[tuple[str, Words, bool]]
    key: str
    clause: ClauseRef | None = None
    trouble: str = ""
    told_wait: Words = ""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A notice as a member would receive it. `text` empty: nothing would go, and `reason` says why."""

    notices: Sequence[tuple[str, Words, bool]]
    member: str
    house: str
    asked: bool
    channel: Words = ""
    masked: str = ""
    subject: str = ""
    text: str = ""
    parts: int = 0
    due: Words = ""
    reason: Words = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class BoxLetter:
    at: datetime
    channel: Words
    masked: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class BoxPage:
    """What the local provider delivered, as the phone it went to shows it. `address` as typed."""

    letters: Sequence[BoxLetter]
    address: str
    house: str
    demo: bool
