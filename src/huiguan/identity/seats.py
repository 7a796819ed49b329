"""Rows of seats as values, and which of them live at a moment."""

from __future__ import annotations

from huiguan.identity.models import Seat
from huiguan.identity.values import SeatHeld, holder_of


def seat_of(row: Seat) -> SeatHeld:
    return SeatHeld(
        id=row.pk,
        body=row.body,
        place=row.place,
        role=row.role,
        name=row.name,
        holder=holder_of(row.staff_id, row.membership_id, row.name),
        since=row.since,
        until=row.until,
        staff=row.staff_id,
        username=row.staff.username if row.staff is not None else None,
        membership=row.membership_id,
        resolution=row.resolution,
        why_ended=row.why_ended,
    )
