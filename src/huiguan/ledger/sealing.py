"""Sealing a day: one root over every journal a programme wrote since the seal before, chained from seal to seal.

A chain per membership cannot miss a membership that was taken out whole, or a chain made anew from some link on; the
seal can be printed, sent or kept elsewhere, and then nobody can. A sealed day takes no more journals.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.moments import at_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.ledger.chaining import seal
from huiguan.ledger.models import SealRow

ROOT = """
SELECT count(*), sha256(coalesce(string_agg(hash, ''::bytea ORDER BY membership_id, seq), ''::bytea))
FROM ledger_journal
WHERE programme_id = %s AND written_at < %s AND (%s::timestamptz IS NULL OR written_at >= %s)
"""
COUNT = """
SELECT count(*) FROM ledger_journal
WHERE programme_id = %s AND written_at < %s AND (%s::timestamptz IS NULL OR written_at >= %s)
"""
_LAST = "SELECT day, ends, hash FROM ledger_seal WHERE programme_id = %s ORDER BY day DESC LIMIT 1"


class DayNotOver(Refusal):
    """Only a day that is over can be sealed."""

    text = Text(zh="{day} 尚未过完，不能封账。", en="{day} is not over yet and cannot be sealed.")
    rank = "window"


def root_of(programme: int, starts: datetime | None, ends: datetime) -> tuple[int, bytes]:
    """How many journals were written from `starts` (None: ever) until before `ends`, and the root over their hashes."""
    with connection.cursor() as cursor:
        cursor.execute(ROOT, [programme, ends, starts, starts])
        journals, root = cursor.fetchone()
    return journals, bytes(root)


def _count(programme: int, starts: datetime | None, ends: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [programme, ends, starts, starts])
        return int(cursor.fetchone()[0])


def seal_day(*, programme: int, day: date, zone: ZoneInfo, at: datetime) -> SealRow:
    """Seal the local day `day`, and with it everything written since the seal before. Sealing it again changes nothing.

    DayNotOver before its end. It waits for writers under way, so that none slips in behind it.
    """
    ends = at_day(day + timedelta(days=1), zone)
    if at < ends:
        raise DayNotOver(field="day", day=day.isoformat())
    # Ahead of the lock, so that no till waits while a million hashes are summed.
    found = root_of(programme, _last(programme).ends, ends)
    return in_transaction(lambda: _seal(programme, day, ends, at, found))


class _Last(NamedTuple):
    """The seal the next one is chained to; nothing before the first."""

    day: date | None = None
    ends: datetime | None = None
    hash: bytes = b""


def _last(programme: int) -> _Last:
    return next((_Last(day, ends, bytes(hashed)) for day, ends, hashed in hot_rows(_LAST, [programme])), _Last())


def _seal(programme: int, day: date, ends: datetime, at: datetime, found: tuple[int, bytes]) -> SealRow:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_journal IN SHARE MODE")
    before = _last(programme)
    if before.day is not None and before.day >= day:
        return SealRow.objects.filter(programme_id=programme, day__gte=day).earliest("day")
    starts, previous = before.ends, before.hash
    journals, root = found
    if _count(programme, starts, ends) != journals:  # journals are never taken out: as many are the same ones
        journals, root = root_of(programme, starts, ends)
    digest = seal(
        programme=programme, day=day, starts=starts, ends=ends, journals=journals, root=root, previous=previous
    )
    return SealRow.objects.create(
        programme_id=programme,
        day=day,
        starts=starts,
        ends=ends,
        journals=journals,
        root=root,
        previous=previous,
        hash=digest,
        written_at=at,
    )
