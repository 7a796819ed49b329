"""How a body voted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class VoteTold:
    """A place on the roll and what it said: yes, no, abstain, '' for nothing. `how`: seat, remote, roll."""

    place: int
    title: Text
    name: str
    weight: int = 1
    said: str = ""
    present: bool = False
    how: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BallotTold:
    """A body's vote on a stage. `outcome`: ahead (nobody voted yet), open, passed, refused, tied, no_quorum; weights that
    said yes, no, abstain, the `base` the majority is of and how much yes is `needed`; `watchers`: word, what they are called, who
    signed; `unsigned` the words still missing; `remote`: whether one may vote from afar; `away`: who holds
    a place and is left out of a vote that is not over, as the matter is about her."""

    n: int
    stage: str
    body: str
    called: Text
    clause: str
    outcome: str
    yes: int
    no: int
    abstain: int
    seats: int
    base: int
    needed: int
    opened_at: datetime | None
    closed_at: datetime | None
    minutes: str
    held_on: date | None
    votes: tuple[VoteTold, ...]
    watchers: tuple[tuple[str, Text, str], ...]
    unsigned: tuple[str, ...]
    remote: bool
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MandateTold:
    """A body decides for another, by a resolution, from `since` until just before `until`."""

    body: str
    to: str
    resolution: str
    since: datetime
    until: datetime
