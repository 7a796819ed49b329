"""What the pages of founding are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiguan.design.values import Refused, Words


@dataclass(frozen=True, slots=True)
class Stair:
    """One of the steps, in order; `state`: done, here or ahead. One that is done can be gone back to."""

    label: Words
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class EnterPage:
    """`code`: as it came with the link or was typed."""

    code: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A region or shop as typed."""

    name: str = ""
    code: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class HousePage:
    name: str
    code: str
    regions: Sequence[PlaceRow]
    shops: Sequence[PlaceRow]
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """An example that comes out otherwise than it says."""

    clause: str
    says: str
    text: Words


@dataclass(frozen=True, slots=True)
class ProofPage:
    """How far the examples are. `state`: none, working, agree, differ, aside, failed; `may_aside`: the figures are one's
    own, so examples written for others may differ."""

    title: Words
    state: str
    done: int = 0
    total: int = 0
    failed: Sequence[Differing] = ()
    may_aside: bool = False
    message: Words = ""


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """`summary`: what will be founded, a label and its words each; `typed`: the form as it was sent, never a password."""

    summary: Sequence[tuple[Words, Words]]
    typed: Mapping[str, str]
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """Something to do next. `count`: how many there are already, None where it is not counted."""

    title: Words
    text: Words
    href: str
    act: Words
    count: int | None = None


@dataclass(frozen=True, slots=True)
class OnwardPage:
    """`address`: under which phones and tills reach the house, '' where it answers this machine alone; `qr` of it."""

    steps: Sequence[Onward]
    address: str
    qr: str
    open: bool
