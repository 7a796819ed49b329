"""How many applications somebody from outside may begin: by device and by place of the net, on wall time."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import connection

from huiguan.cases import queries as matters
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.sealing import blind
from huiguan.kernel.networks import caller_of
from huiguan.visits.models import BegunApplication
from huiguan.visits.refusals import TooManyBegun, TooManyDrafts

# From one place within an hour: a school or an office shares one. Saved and not handed in at once: of one device, one place.
WITHIN, FROM_SOURCE = timedelta(hours=1), 30
OF_GUEST, OF_SOURCE = 5, 60


def scoped(guest: str, key: str | None) -> str | None:
    """The key of a request as this guest's own: what others ask under the same key is another request."""
    return hashlib.sha256(f"{guest}\x1f{key}".encode()).hexdigest() if key else None


def reserve(programme: int, guest: str, origin: str, key: str | None, wall: datetime) -> int | None:
    """Count one application begun before it is, in a transaction of its own; its row, None where this key was counted
    already. `guest`: what the device is known by, `origin` the caller's network address, "" where unknown. Refuses
    TooManyBegun, TooManyDrafts."""
    device = blind(programme, "guest", guest) if guest else None
    source = blind(programme, "begun", caller_of(origin)) if origin else None

    def do() -> int | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 43))", [f"begun|{programme}"])
        rows = BegunApplication.objects.filter(programme_id=programme)
        if key and rows.filter(key=key).exists():
            return None
        _demand_room(programme, device, source, wall)
        row = BegunApplication(programme_id=programme, guest=device, source=source, key=key or "", at=wall)
        row.save(force_insert=True)
        return row.pk

    return in_transaction(do)


def note_begun(row: int, matter: int) -> None:
    """Which matter it became."""
    BegunApplication.objects.filter(pk=row).update(matter_id=matter)


def _demand_room(programme: int, device: bytes | None, source: bytes | None, wall: datetime) -> None:
    rows = BegunApplication.objects.filter(programme_id=programme)
    if source is not None:
        latest = list(rows.filter(source=source, at__gt=wall - WITHIN).order_by("-at").values_list("at", flat=True))
        if len(latest) >= FROM_SOURCE:
            left = latest[FROM_SOURCE - 1] + WITHIN - wall
            raise TooManyBegun(minutes=-(-int(left.total_seconds()) // 60))
    for named, most in (({"guest": device}, OF_GUEST), ({"source": source}, OF_SOURCE)):
        begun = [key for key in rows.filter(**named).values_list("matter_id", flat=True) if key is not None]
        if None not in named.values() and matters.drafts_left(begun) >= most:
            raise TooManyDrafts(most=most)
