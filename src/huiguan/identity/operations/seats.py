"""Terms in places of bodies, written by whoever knows the rulebook. Inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.identity.events import SeatFilled, SeatVacated
from huiguan.identity.models import Seat
from huiguan.identity.places import lock_house
from huiguan.identity.seats import seat_of
from huiguan.identity.values import NewSeat, SeatHeld


def lock_seats(*, programme: int) -> tuple[SeatHeld, ...]:
    """Every term there is or was, oldest first, with the house locked: nobody else writes one until the transaction ends."""
    lock_house(programme)
    rows = Seat.objects.filter(programme_id=programme).select_related("staff").order_by("since", "id")
    return tuple(map(seat_of, rows))


def write_term(*, programme: int, term: NewSeat, written_at: datetime) -> SeatHeld:
    """A term begins. The caller has made sure that it may."""
    row = Seat.objects.create(
        programme_id=programme, body=term.body, place=term.place, role=term.role, staff_id=term.staff,
        membership_id=term.membership, name=term.name, resolution=term.resolution, since=term.since, until=term.until,
    )  # fmt: skip
    held = seat_of(row)
    filled = SeatFilled(
        membership=held.membership, reference=f"{held.body}-{held.place}", at=held.since, body=held.body,
        place=held.place, role=held.role, name=held.name, until=held.until,
    )  # fmt: skip
    tell(programme, [filled], written_at)
    return held


def end_term(*, programme: int, seat: int, until: datetime, why: str, written_at: datetime) -> SeatHeld:
    """A term ends at `until`; one that has not begun never will."""
    row = Seat.objects.select_related("staff").get(programme_id=programme, pk=seat)
    row.until, row.why_ended = max(until, row.since), why
    row.save(update_fields=["until", "why_ended"])
    held = seat_of(row)
    vacated = SeatVacated(
        membership=held.membership, reference=f"{held.body}-{held.place}", at=row.until, body=held.body,
        place=held.place, role=held.role, name=held.name, why=why,
    )  # fmt: skip
    tell(programme, [vacated], written_at)
    return held


def end_terms_of(*, programme: int, membership: int, until: datetime, why: str, written_at: datetime) -> int:
    """A member who is none any more holds no place; how many terms ended."""
    rows = Seat.objects.filter(programme_id=programme, membership_id=membership).exclude(until__lte=until)
    for row in rows:
        end_term(programme=programme, seat=row.pk, until=until, why=why, written_at=written_at)
    return len(rows)
