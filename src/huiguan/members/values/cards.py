"""Cards, what becomes of them, and the reviews of their use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiguan.rules.effects import Reason

CARD_ACTIVE, CARD_LOST, CARD_REPLACED = "active", "lost", "replaced"
CARD_VOID, CARD_FROZEN = "void", "frozen"
CARD_WAITING = "waiting"  # active, and not opened for use yet
HANDED_OVER = "transfer:"  # the cause of such a turn: from which party to which
CARD_TRANSFERRED = "transferred"  # a turn of a card, no status: it goes on as it was
DESK_STATES = ("unprinted", "waiting", "frozen", "lost", "ending", "expired", "printed", "held")


@dataclass(frozen=True, slots=True)
class GivenRight:
    """A right just given, as the clerk tells it. `worth` fen."""

    code: str
    name: str
    clause: str
    worth: int
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card as issued or put in another's place. `replaces` is the number of that other one."""

    membership: int
    member: str
    card: str
    issued_at: datetime
    entered_late: bool
    replaces: str | None = None
    rights: tuple[GivenRight, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivatedCard:
    membership: int
    member: str
    card: str
    activated_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """A card not opened for use yet; `due` is the last day for it, `overdue` that day is over."""

    member: str
    card: str
    issued_at: datetime
    shop: int | None
    due: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class LostCard:
    membership: int
    member: str
    card: str
    lost_at: datetime


@dataclass(frozen=True, slots=True)
class FrozenCard:
    """A card that opens nothing until somebody has looked."""

    membership: int
    member: str
    card: str
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class DecidedReview:
    """What a person decided: `released` or `confirmed`; `card` is empty where she holds none."""

    membership: int
    member: str
    card: str
    decision: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class NewReview:
    """A use to be looked at, found at `at`. `freeze` the card meanwhile; `say` and `values` a sentence of the clause's
    kind under that `version`, or `cause` alone where a person says why; `cause` else what showed it ("sale:382-17")."""

    membership: int
    at: datetime
    freeze: bool
    clause: str | None
    version: int | None
    say: str
    values: Mapping[str, Any]
    cause: str
    actor: str


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """One review as its page tells it: what was unusual (`why`, both languages), and the decision once there is one.
    `card_status` is the card's now; `sale` the sale's id where one showed it."""

    id: int
    member: str
    name: str
    card: str
    card_status: str
    frozen: bool
    opened_at: datetime
    opened_by: str
    why: Mapping[str, str]
    clause: str | None
    sale: str | None
    shop: str | None
    decided_at: datetime | None
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class CardTold:
    number: str
    status: str
    issued_at: datetime
    entered_at: datetime
    entered_late: bool
    shop: int | None
    lost_at: datetime | None
    replaced_at: datetime | None
    replaced_by: str | None
    clause: str | None
    activated_at: datetime | None = None
    frozen_at: datetime | None = None
    valid_until: datetime | None = None
    why: str = "first"


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A card as the desk lists it. `due`: by when one that waits is to be opened; `printed`: in how many print runs."""

    card: str
    member: str
    name: str
    tier: str
    tier_title: Mapping[str, str]
    status: str
    issued_at: datetime
    shop: int | None
    valid_until: datetime | None
    due: date | None
    printed: int
    printed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintedCards:
    """A print run: the cards as they were taken away, each now counted once more."""

    run: int
    at: datetime
    cards: tuple[DeskCard, ...]


@dataclass(frozen=True, slots=True)
class CardTurn:
    """One thing that became of a card: `what` (issued, activated, frozen, active, lost, replaced, void, expired,
    printed, kept, transferred), when, by whom (a reference, empty where it came of itself), by which clause, and why."""

    what: str
    at: datetime
    written_at: datetime | None
    actor: str
    clause: str | None
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TransferredCard:
    """A card taken over by `name`; `missing`: what her form lacks."""

    membership: int
    member: str
    card: str
    name: str
    at: datetime
    missing: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
