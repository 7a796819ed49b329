"""Votes of bodies as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both


class VotedAnswer(Answer):
    """Where the matter stands after a vote: its `state` and `stage`; `due_at` where a clock runs."""

    number: str
    procedure: str
    state: str
    stage: str
    ball: str
    revision: int
    due_at: datetime | None


class VoteAnswer(Answer):
    """A place on the roll and what it said: yes, no, abstain, '' for nothing yet. `how`: seat, remote, roll."""

    place: int
    title: Both
    name: str
    weight: int
    said: str
    present: bool
    how: str
    at: datetime | None


class WatcherAnswer(Answer):
    """Who watches: the rulebook's word, what it is called, who signed ('' nobody yet)."""

    watcher: str
    called: Both
    signed: str


class BallotAnswer(Answer):
    """A body's vote on a stage. `outcome`: ahead (nobody voted yet), open, passed, refused, tied, no_quorum; `base` what the
    majority is of, `needed` how much yes it takes."""

    n: int
    stage: str
    body: str
    called: Both
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
    votes: list[VoteAnswer]
    watchers: list[WatcherAnswer]
    remote: bool


class BallotsPage(Answer):
    """The latest first."""

    items: list[BallotAnswer]
    next: str | None


class MandateAnswer(Answer):
    """The body `to` decides for `body` until just before `until`."""

    body: str
    to: str
    resolution: str
    since: datetime
    until: datetime


class MandatesPage(Answer):
    items: list[MandateAnswer]
    next: str | None
