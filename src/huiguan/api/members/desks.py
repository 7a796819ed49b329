"""Cards on the desk, their history and reviews, as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both


class FrozenCardAnswer(Answer):
    """A card that opens nothing until somebody has looked."""

    member: str
    card: str
    frozen_at: datetime


class DecidedReviewAnswer(Answer):
    """What was decided: `released` or `confirmed`. `card` is empty where she holds none."""

    member: str
    card: str
    decision: str
    decided_at: datetime


class ReviewAnswer(Answer):
    """A use that is looked at: `why` it is unusual, the `sale` that showed it, or the `shop` where one was refused."""

    id: int
    member: str
    name: str
    card: str
    card_status: str
    frozen: bool
    opened_at: datetime
    why: Both
    clause: str | None
    sale: str | None
    shop: str | None
    decided_at: datetime | None
    decision: str
    reason: str


class ReviewsPage(Answer):
    """The longest waiting first, decided ones the last first; at most 200."""

    items: list[ReviewAnswer]
    next: str | None


class DeskCardAnswer(Answer):
    """A card on the desk. `due`: by when one that waits is to be opened; `printed`: in how many print runs."""

    card: str
    member: str
    name: str
    tier: str
    tier_title: Both
    status: str
    issued_at: datetime
    shop: str | None
    valid_until: datetime | None
    due: date | None
    printed: int
    printed_at: datetime | None


class DeskPage(Answer):
    """By the moment of issue; at most 500."""

    items: list[DeskCardAnswer]
    next: str | None


class PrintRunAnswer(Answer):
    """Cards taken away to be printed, this time counted."""

    run: int
    at: datetime
    cards: list[DeskCardAnswer]


class CardTurnAnswer(Answer):
    """One thing that became of a card; `actor` a reference, empty where it came of itself."""

    what: str
    at: datetime
    written_at: datetime | None
    actor: str
    clause: str | None
    why: Both


class CardHistoryPage(Answer):
    """The newest first; all on one page."""

    items: list[CardTurnAnswer]
    next: str | None
