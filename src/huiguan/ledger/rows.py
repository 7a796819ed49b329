"""A journal as the rows it is stored in. Pure; the chain hashes them as they are.

The position `n` of a transfer is that of its movement, from 1; a lot has its transfer's; uses and holds count on
through the journal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload

from huiguan.ledger.values import HoldTuple, Journal, LotTuple, Rows, TransferTuple, UseTuple


@overload
def utc(at: datetime) -> datetime: ...
@overload
def utc(at: None) -> None: ...
def utc(at: datetime | None) -> datetime | None:
    return at if at is None or at.tzinfo is UTC else at.astimezone(UTC)


def rows_of(journal: Journal, seq: int) -> Rows:
    """The rows of `journal` as the membership's `seq`-th."""
    transfers: list[TransferTuple] = []
    lots: list[LotTuple] = []
    uses: list[UseTuple] = []
    for n, move in enumerate(journal.movements, 1):
        transfers.append((n, move.unit, move.debit, move.credit, move.amount, move.clause))
        if move.opens is not None:
            terms = move.opens
            life = (utc(terms.earned_at), utc(terms.usable_from), utc(terms.expires_at))
            lots.append((n, move.unit, move.amount, *life, terms.clause))
        for key, amount in move.uses:
            uses.append((len(uses) + 1, n, key[0], key[1], amount))
        for lot, amount in move.restores:
            uses.append((len(uses) + 1, n, lot.key[0], lot.key[1], -amount))
    return Rows(tuple(transfers), tuple(lots), tuple(uses), _holds(journal, seq) if journal.holds else ())


def _holds(journal: Journal, seq: int) -> tuple[HoldTuple, ...]:
    return tuple(
        (n, *(event.hold or (seq, n)), event.what, event.unit, event.amount, utc(event.lapses_at))
        for n, event in enumerate(journal.holds, 1)
    )
