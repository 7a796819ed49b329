"""One-time codes that wait to be sent."""

from __future__ import annotations

import json
from datetime import datetime

from huiguan.foundation.sealing import unseal
from huiguan.identity.models import OneTimeCode
from huiguan.identity.one_time import bound_of, masked
from huiguan.identity.values import CodeToSend

__all__ = ["codes_to_send", "masked"]


def codes_to_send(wall: datetime, limit: int = 100) -> tuple[CodeToSend, ...]:
    """Codes of every programme that are good and were not handed over yet, the oldest first, in clear."""
    rows = OneTimeCode.objects.filter(sealed__isnull=False, handed_at=None, ends_at__gt=wall)
    return tuple(_opened(row) for row in rows.order_by("id")[:limit])


def _opened(row: OneTimeCode) -> CodeToSend:
    sealed = json.loads(unseal(bytes(row.sealed or b""), bound=bound_of(row.pk)))
    return CodeToSend(
        id=row.pk,
        programme=row.programme_id,
        purpose=row.purpose,
        subject=row.subject,
        channel=row.channel,
        address=sealed["address"],
        masked=row.masked,
        code=sealed["code"],
        language=sealed["language"],
        issued_at=row.issued_at,
        ends_at=row.ends_at,
    )
