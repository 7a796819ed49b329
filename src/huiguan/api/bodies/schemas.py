"""Bodies and their places as programs read them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer, Both
from huiguan.identity.values import SeatHeld
from huiguan.members.values import BodyTold, PlaceTold


class SeatAnswer(Answer):
    """Somebody in a place, from `since` until just before `until` (null: without an end). `holder` tells persons apart;
    `username` of one on the staff."""

    body: str
    place: int
    role: str
    name: str
    holder: str
    username: str | None
    since: datetime
    until: datetime | None
    resolution: str
    why_ended: str


class BodyPlaceAnswer(Answer):
    """A place, numbered from 1. `held` null: it is vacant; `coming`: who is to take it; `past`: who had it, latest first."""

    place: int
    role: str
    title: Both
    held: SeatAnswer | None
    coming: SeatAnswer | None
    past: list[SeatAnswer]


class BodyAnswer(Answer):
    """A body as its `clause` describes it, and its places as they stand."""

    body: str
    called: Both
    clause: str
    vacant: int
    places: list[BodyPlaceAnswer]
    term_years: int | None
    most_terms: int | None
    filled: str
    named_by: str | None
    not_with: list[str]
    only: str | None
    answers_to: str | None
    meets: int | None


class BodiesPage(Answer):
    items: list[BodyAnswer]
    next: str | None


def told_seat(seat: SeatHeld | None) -> dict[str, Any] | None:
    return {name: getattr(seat, name) for name in SeatAnswer.model_fields} if seat is not None else None


def told_body(body: BodyTold) -> dict[str, Any]:
    return {
        **asdict(body),
        "called": body.called,
        "vacant": body.vacant,
        "places": [_place(each) for each in body.places],
    }


def _place(place: PlaceTold) -> dict[str, Any]:
    return {
        "place": place.place,
        "role": place.role,
        "title": place.title,
        "held": told_seat(place.held),
        "coming": told_seat(place.coming),
        "past": [told_seat(each) for each in place.past],
    }
