"""Who sits in the house's bodies, then and now, and whether somebody who acts does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiguan.identity.models import Seat
from huiguan.identity.seats import seat_of
from huiguan.identity.staffing import living
from huiguan.identity.values import SeatHeld
from huiguan.kernel.actors import Actor

STAFF, MEMBER = "staff", "member"


def seats_of(programme: int, body: str, at: datetime) -> tuple[SeatHeld, ...]:
    """Who sits in a body at `at`, by place; vacant places are left out."""
    return tuple(map(seat_of, _rows(programme).filter(living(at), body=body).order_by("place")))


def seat_terms(programme: int, body: str | None = None) -> tuple[SeatHeld, ...]:
    """Every term there was, is or is to come, oldest first; of one body where it is named."""
    rows = _rows(programme).order_by("since", "id")
    return tuple(map(seat_of, rows if body is None else rows.filter(body=body)))


def seats_held(actor: Actor, at: datetime) -> tuple[SeatHeld, ...]:
    """The places the actor herself holds at `at`, in any body: as one of the staff, or as the member she is."""
    rows = _rows(actor.programme).filter(living(at)).order_by("body", "place")
    if actor.kind == STAFF:
        return tuple(map(seat_of, rows.filter(staff_id=actor.id)))
    if actor.kind == MEMBER and actor.membership is not None:
        return tuple(map(seat_of, rows.filter(membership_id=actor.membership)))
    return ()


def seats_held_by(programme: int, membership: int, at: datetime) -> tuple[SeatHeld, ...]:
    """The places a membership holds at `at`, in any body."""
    return tuple(map(seat_of, _rows(programme).filter(living(at), membership_id=membership).order_by("body", "place")))


def holds_seat(actor: Actor, body: str, at: datetime) -> SeatHeld | None:
    """The place in `body` the actor herself holds at `at`, or None."""
    return next((seat for seat in seats_held(actor, at) if seat.body == body), None)


def _rows(programme: int) -> QuerySet[Seat]:
    return Seat.objects.filter(programme_id=programme).select_related("staff")
