"""The audit chain as programs read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer
from huiguan.foundation.auditing import Written


class AuditEntryAnswer(Answer):
    """`seq`: its place in the chain; `by`: who wrote it ("staff:7"); `given`: the input without its secrets."""

    seq: int
    at: datetime
    operation: str
    by: str
    by_name: str
    subject: str
    given: dict[str, Any]


class AuditPage(Answer):
    items: list[AuditEntryAnswer]
    next: str | None


class ChainEndAnswer(Answer):
    """`entries`: how many there are; `hash`: of the newest, which stands for all before it; '' where there is none."""

    entries: int
    hash: str


def told_entry(entry: Written) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "operation": entry.operation,
        "by": entry.actor,
        "by_name": entry.actor_name,
        "subject": entry.subject,
        "given": entry.given,
    }
