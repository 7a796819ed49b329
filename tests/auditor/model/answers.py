"""What the model says must come: an answer's figures, or a refusal by name and clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

RANKS = ("input", "permission", "existence", "standing", "credential", "window", "limit", "balance", "state")


@dataclass(frozen=True)
class Refused:
    """`rank` decides which of several refusals is told; where two of one rank stand in the way, either may be."""

    code: str
    rank: str
    clause: str | None = None


@dataclass(frozen=True)
class Expected:
    """Either figures, or the refusals of which one must be told."""

    values: dict[str, Any] | None = None
    refusals: frozenset[tuple[str, str | None]] = frozenset()


def worst(found: Iterable[Refused]) -> Refused:
    """The first of the highest rank."""
    return min(found, key=lambda each: RANKS.index(each.rank))


def refused(*found: Refused) -> Expected:
    first = min(RANKS.index(each.rank) for each in found)
    told = {(each.code, each.clause) for each in found if RANKS.index(each.rank) == first}
    return Expected(refusals=frozenset(told))


def answer(**values: Any) -> Expected:
    return Expected(values=values)
