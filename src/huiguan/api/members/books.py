"""A member's ledger as programs read it: balances, lots, entries."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, Whole


class BalancesAnswer(Answer):
    """What the member held of each unit at `at`."""

    member: str
    at: datetime
    balances: Whole


class LotAnswer(Answer):
    """A lot with something left: `left` units, spendable from `usable_from` (or `earned_at`) until `expires_at`."""

    lot: str
    left: int
    earned_at: datetime
    usable_from: datetime | None
    expires_at: datetime | None


class LotsPage(Answer):
    """Lots, oldest first; all on one page."""

    items: list[LotAnswer]
    next: str | None


class LotUseAnswer(Answer):
    """How much of a lot an entry used; negative: gave back."""

    lot: str
    amount: int
    earned_at: datetime
    expires_at: datetime | None


class OpenedLotAnswer(Answer):
    """The lot an entry opened: `used` of `amount` is gone, `expired` of it by expiry."""

    lot: str
    amount: int
    used: int
    expired: int
    earned_at: datetime
    usable_from: datetime | None
    expires_at: datetime | None
    clause: str | None


class CauseAnswer(Answer):
    """What moved it: a sale, a return, an expiry… and its reference."""

    kind: str
    reference: str


class EntryAnswer(Answer):
    """A line of the ledger. `delta` is signed, `balance` what was held after it; `intact`: its hash proves it."""

    entry: str
    unit: str
    delta: int
    balance: int
    purpose: str
    cause: CauseAnswer
    clause: str | None
    actor: str
    at: datetime
    written_at: datetime
    opened: OpenedLotAnswer | None
    uses: list[LotUseAnswer]
    intact: bool


class EntriesPage(Answer):
    """Entries of one unit, newest first."""

    items: list[EntryAnswer]
    next: str | None
