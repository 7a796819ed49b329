"""What the card's page is given. Money is fen, units whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from huiguan.design.values import Mark, Refused, Why, Words
from huiguan.visits.values import FreshCode


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure that opens its ledger. `unit`: points or money; `note` what of it ends next."""

    label: Words
    value: int
    href: str
    unit: str = "points"
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Climb:
    """The way to the next tier: so much of so much (`unit`: money in fen, or points), the sentence, and what it gives."""

    to: Words
    told: Words
    share: Fraction
    done: int
    reach: int
    unit: str = "money"
    gives: Words = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Recent:
    """A purchase in short: where and when, what was paid, what points moved by."""

    href: str
    label: Words
    aside: Words
    paid: int
    points: int


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for her: where it is done, what it is, until when; `late`: its day is over."""

    href: str
    label: Words
    aside: Words = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class CardPage:
    """`notes`: what she should know first (suspended, card frozen); `ends`: what of her points ends next, and when;
    `sells`: the house sells; where it does not, `todos` stand in place of purchases."""

    name: str
    number: str
    mark: Mark | None
    gives: Words
    code: FreshCode | None
    figures: Sequence[Figure]
    climb: Climb | None = None
    ends: Why | None = None
    recent: Sequence[Recent] = ()
    notes: Sequence[Refused] = ()
    missing: int = 0
    sells: bool = True
    todos: Sequence[Todo] = ()
