"""What fell due in locked accounts, folded before anything else is: dead lots and lapsed holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from huiguan.ledger import storing
from huiguan.ledger.expiry import Stamp, lapses, stamps_of
from huiguan.ledger.lots import due
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Sealed
from huiguan.rules.facts import LotKey


def lapse_due(
    accounts: Mapping[int, Account],
    *,
    at: datetime,
    written_at: datetime,
    pending: Sequence[tuple[int, Sealed]] = (),
) -> tuple[dict[int, Account], list[tuple[int, Sealed]]]:
    """Fold what is due in locked `accounts` until `at`: all the accounts after it, and the journals to be written.

    Called before a batch is folded (so that a ledger reads in order, and a late spend finds the same lots whether the
    night has run or not) and after it (so that a lot posted late, and dead already, clears as if on time); `pending`
    are the batch's own journals, not yet written. Reads nothing where nothing is due.
    """
    after = dict(accounts)
    waiting = {m: account for m, account in after.items() if account.next_due is not None and account.next_due <= at}
    if not waiting:
        return after, []
    stamps = _stamps(waiting, at, pending)
    sealed: list[tuple[int, Sealed]] = []
    for membership, account in waiting.items():
        for journal in lapses(account, at, stamps.get(membership, {})):
            account, link = fold(account, journal, written_at=written_at)
            sealed.append((membership, link))
        after[membership] = account
    return after, sealed


def _stamps(
    accounts: Mapping[int, Account], at: datetime, pending: Sequence[tuple[int, Sealed]]
) -> dict[int, dict[LotKey, Stamp]]:
    """The clause and version by which each due lot expires, from the batch itself or from the books."""
    found: dict[int, dict[LotKey, Stamp]] = {}
    for membership, sealed in pending:
        found.setdefault(membership, {}).update(stamps_of(sealed))
    wanted = [
        (membership, *lot.key)
        for membership, account in accounts.items()
        for _, lot in due(account, at)
        if lot.key not in found.get(membership, {})
    ]
    for membership, seq, n, clause, version in storing.lot_stamps(wanted):
        found.setdefault(membership, {})[(seq, n)] = Stamp(clause, version)
    return found
