"""What the pages of the organisation are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiguan.design.values import Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the tree; `indent` 0 for the house."""

    code: str
    name: Words
    kind: Words
    indent: int
    href: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The tree, and the form that opens a place in it. `typed`: what was entered; `parents`: (code, name, chosen)."""

    rows: Sequence[PlaceRow]
    parents: Sequence[tuple[str, Words, bool]]
    kinds: Sequence[tuple[str, Words, bool]]
    key: str
    typed: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place. `under`: what lies under it; `closable` where nothing open does and it is not the house."""

    row: PlaceRow
    zh: str
    en: str
    under: Sequence[PlaceRow]
    closable: bool
    closed: bool
    refused: Refused | None = None
