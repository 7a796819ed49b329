"""Reading the audit chain: who wrote what about whom, and whether a link was touched since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from huiguan.foundation.models import AuditEntry
from huiguan.foundation.performing import audit_hash
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

PAGE = 50
_CHUNK = 2000

TAMPERED = Text(
    zh="第 {seq} 条与其校验值不符：写下后被改过。", en="Entry {seq} does not match its hash: it was edited."
)
UNLINKED = Text(zh="第 {seq} 条不接上一条：其间有条目被删或被换。", en="Entry {seq} does not follow the one before.")
MISSING = Text(zh="第 {seq} 条不见了。", en="Entry {seq} is missing.")


@dataclass(frozen=True, slots=True)
class Written:
    """One audit entry: `subject` as given ("member:DN000382"), `given` the input without its secrets."""

    seq: int
    operation: str
    actor: str
    actor_name: str
    subject: str
    given: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Break:
    """A fault of the chain at entry `seq`."""

    seq: int
    what: Text

    def say(self, language: str) -> str:
        return self.what.fill(language, seq=self.seq)


def written(
    actor: Actor,
    *,
    subject: str | None = None,
    by: str | None = None,
    operation: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> tuple[Written, ...]:
    """Entries of the actor's programme, the newest first; `before` is the seq to page on from. Takes `audit`.

    `by` is an actor's reference ("staff:7"); `since` is included, `until` is not.
    """
    actor.demand("audit")
    wanted: dict[str, Any] = {
        "subject": subject,
        "actor": by,
        "operation": operation,
        "at__gte": since,
        "at__lt": until,
        "seq__lt": before,
    }
    asked = {name: value for name, value in wanted.items() if value is not None}
    rows = AuditEntry.objects.filter(programme=actor.programme, **asked).order_by("-seq")[:limit]
    return tuple(map(_told, rows))


def about(programme: int, subject: str, operations: Sequence[str], limit: int = 200) -> tuple[Written, ...]:
    """What of these was written about a subject, the newest first; for rooms above, which have asked who may know."""
    rows = AuditEntry.objects.filter(programme=programme, subject=subject, operation__in=operations)
    return tuple(map(_told, rows.order_by("-seq")[:limit]))


def _told(row: AuditEntry) -> Written:
    return Written(
        seq=row.seq,
        operation=row.operation,
        actor=row.actor,
        actor_name=row.actor_name,
        subject=row.subject,
        given=row.given,
        at=row.at,
    )


def breaks(programme: int) -> Iterator[Break]:
    """Every fault of a programme's audit chain, from its first entry on; nothing where it is whole.

    Deleting the newest entries leaves a chain that is whole: compare `chain_end` with one noted elsewhere.
    """
    before, previous = 0, b""
    for row in AuditEntry.objects.filter(programme=programme).order_by("seq").iterator(_CHUNK):
        yield from (Break(seq, MISSING) for seq in range(before + 1, row.seq))
        if bytes(row.previous) != previous:
            yield Break(row.seq, UNLINKED)
        if audit_hash(row) != bytes(row.hash):
            yield Break(row.seq, TAMPERED)
        before, previous = row.seq, bytes(row.hash)


def every_break(programme: int | None = None, most: int = 1000) -> list[Break]:
    """The first faults of one programme's chain, or of each chain there is."""
    known = AuditEntry.objects.order_by("programme").values_list("programme", flat=True).distinct()
    chains = tuple(known) if programme is None else (programme,)
    return [each for chain in chains for each in islice(breaks(chain), most)]


def chain_end(programme: int) -> tuple[int, str]:
    """The newest entry's seq and hash in hexadecimal; (0, "") for an empty chain."""
    last = AuditEntry.objects.filter(programme=programme).order_by("-seq").first()
    return (last.seq, bytes(last.hash).hex()) if last else (0, "")


def noted_end(actor: Actor) -> tuple[int, str]:
    """`chain_end` of the actor's programme, for whoever notes it elsewhere. Takes `audit`."""
    actor.demand("audit")
    return chain_end(actor.programme)
