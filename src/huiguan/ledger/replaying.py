"""Reading a history forward: what was left of every lot after each journal. Pure.

Two moments may bound it: `at`, when things happened, and `as_written`, when the books learnt of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.ledger.history import Link
from huiguan.ledger.values import LotTuple, member_address
from huiguan.rules.facts import LotFact, LotKey


@dataclass(slots=True)
class Standing:
    """The lots as far as they have been read: terms, what is left, what of the rest expiry took."""

    terms: dict[LotKey, LotTuple] = field(default_factory=dict)
    left: dict[LotKey, int] = field(default_factory=dict)
    expired: dict[LotKey, int] = field(default_factory=dict)

    def read(self, link: Link) -> None:
        for lot in link.rows.lots:
            self.terms[(link.seq, lot[0])] = lot
            self.left[(link.seq, lot[0])] = lot[2]
        expiring = {row[0] for row in link.rows.transfers if row[3].endswith(":expired")}
        for _, transfer, seq, n, amount in link.rows.uses:
            self.left[(seq, n)] = self.left.get((seq, n), 0) - amount
            if transfer in expiring:
                self.expired[(seq, n)] = self.expired.get((seq, n), 0) + amount

    def open_lots(self, unit: str | None = None, at: datetime | None = None) -> Iterator[tuple[str, LotFact]]:
        """The lots with something left, not dead at `at`, in the order of their keys."""
        for key in sorted(self.terms):
            _, name, _, earned_at, usable_from, expires_at, _ = self.terms[key]
            is_dead = at is not None and expires_at is not None and expires_at <= at
            if self.left[key] and not is_dead and unit in (None, name):
                yield name, LotFact(key, self.left[key], earned_at, expires_at, usable_from)


def standing_at(links: Iterable[Link], *, at: datetime, as_written: datetime | None = None) -> Standing:
    """The lots as they stood at `at`, from what had happened until then (and was known at `as_written`)."""
    standing = Standing()
    for link in links:
        if link.journal.at <= at and (as_written is None or link.written_at <= as_written):
            standing.read(link)
    return standing


def delta_of(membership: int, unit: str, debit: str, credit: str, amount: int) -> int:
    """How a transfer moves a membership's unit: signed."""
    mine = member_address(membership, unit)
    return amount if credit == mine else -amount if debit == mine else 0
