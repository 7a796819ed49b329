"""What is done to the books. All of it runs inside the caller's transaction, except the night's own work.

The order is always: lock, fold (pure), write. `lock_accounts` takes rows in the order of their key, so two batches
never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiguan.ledger import storing
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, DaySealed, Journal, Sealed

OPEN = """
INSERT INTO ledger_account (membership_id, programme_id, seq, head, units, next_due, written_at)
SELECT unnest(%s::bigint[]), %s, 0, ''::bytea, '{}'::jsonb, NULL, NULL
ON CONFLICT (membership_id) DO NOTHING
"""


class AccountMissing(LookupError):
    """A membership without an account: whoever enrols it opens one."""


class AccountMoved(RuntimeError):
    """An account row was not where its journal was folded: it had not been locked. Nothing may be committed."""


def open_accounts(programme: int, memberships: Iterable[int]) -> None:
    """Give each membership an empty account. One that has an account keeps it."""
    storing.run(OPEN, [list(memberships), programme])


def lock_accounts(memberships: Iterable[int]) -> dict[int, Account]:
    """The accounts of `memberships`, locked in the order of their key until the transaction ends.

    AccountMissing names the first membership that has none.
    """
    wanted = sorted(set(memberships))
    found = storing.load(storing.LOCK, wanted)
    missing = next((each for each in wanted if each not in found), None)
    if missing is not None:
        raise AccountMissing(f"membership {missing} has no account")
    return found


def write_sealed(
    programme: int, accounts: Sequence[Account], sealed: Sequence[tuple[int, Sealed]], written_at: datetime
) -> None:
    """Write folded journals and the accounts they lead to: every account in `accounts` has journals in `sealed`.

    AccountMoved where an account was not locked before it was folded, DaySealed where `written_at` lies in a day that
    has been sealed; the caller's transaction must then be given up.
    """
    if not sealed:
        return
    rows = [each for _, each in sealed]
    moved, is_sealed = storing.write(programme, accounts, rows, written_at)
    if moved != len({each.membership for each in rows}):
        raise AccountMoved(f"{len(accounts)} accounts to write, {moved} were where they were read")
    if is_sealed:
        raise DaySealed(field="written_at", written_at=written_at.isoformat())


def post_journal(*, membership: int, journal: Journal, written_at: datetime) -> Account:
    """Lock one account, fold `journal`, write both. BalanceTooLow changes nothing."""
    account, sealed = fold(lock_accounts([membership])[membership], journal, written_at=written_at)
    write_sealed(account.programme, [account], [(membership, sealed)], written_at)
    return account
