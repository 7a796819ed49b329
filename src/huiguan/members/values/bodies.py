"""Bodies as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiguan.identity.values import SeatHeld
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place of a body, numbered from 1: who holds it, None where it is vacant; who is to come; who held it, latest
    first."""

    place: int
    role: str
    title: Text
    held: SeatHeld | None
    coming: SeatHeld | None
    past: tuple[SeatHeld, ...]


@dataclass(frozen=True, slots=True)
class BodyTold:
    """A body as its `clause` describes it, and its places as they stand."""

    body: str
    called: Text
    clause: str
    places: tuple[PlaceTold, ...]
    term_years: int | None
    most_terms: int | None
    filled: str
    named_by: str | None
    not_with: tuple[str, ...]
    only: str | None
    answers_to: str | None
    meets: int | None

    @property
    def vacant(self) -> int:
        """How many places nobody holds."""
        return sum(each.held is None for each in self.places)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A member who belongs: by key, of which sort, since which local day."""

    membership: int
    type: str
    since: date
