"""What the pages of the bodies are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import ClauseRef, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body in the list: how many of its places are held, and the next term that ends."""

    called: Words
    href: str
    clause: ClauseRef
    held: int
    places: int
    ends: datetime | None
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term: whose, from when until when; why it ended before its time."""

    name: str
    href: str
    period: Words
    resolution: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: who holds it (None: vacant), who is to come, who held it. `href` opens its form."""

    place: int
    title: Words
    held: TermLine | None
    coming: TermLine | None
    past: Sequence[TermLine]
    href: str
    chosen: bool = False
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class BodyPage:
    """One body. `rules`: what its clause says, word and value; `chosen`: the place the form is about, None before one is
    chosen; `people`: the staff to choose from; `act`: what the form does."""

    called: Words
    href: str
    clause: ClauseRef
    rows: Sequence[PlaceRow]
    rules: Sequence[tuple[Words, Words]]
    chosen: PlaceRow | None
    people: Sequence[tuple[str, str, bool]]
    key: str
    act: str
    takes_resolution: bool
    typed: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
