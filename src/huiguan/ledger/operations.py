"""What is done to the books. All of it runs inside the caller's transaction, except the night's own work.

The order is always: lock, fold (pure), write. `lock_accounts` takes rows in the order of their key, so two batches
never wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from huiguan.foundation.hands import by_hands
from huiguan.foundation.outbox import telling
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import Found, Question, Refuses, Row, ask, ask_together
from huiguan.ledger import holding, storing
from huiguan.ledger.events import PointsExpired
from huiguan.ledger.expiry import EXPIRY, Stamp
from huiguan.ledger.handing import BETWEEN, HandedLot, Part, Tally, handings
from huiguan.ledger.lapsing import lapse_due
from huiguan.ledger.posting import Unsound, fold
from huiguan.ledger.sealing import seal_day
from huiguan.ledger.values import Account, DaySealed, HoldFact, HoldKey, Journal, LotTerms, Sealed

__all__ = [
    "AccountMissing",
    "AccountMoved",
    "expire_due",
    "hand_over",
    "lapse_due",
    "lock_accounts",
    "locking",
    "open_accounts",
    "place_hold",
    "post_hold",
    "post_journal",
    "release_hold",
    "seal_day",
    "settle_accounts",
    "write_sealed",
    "writing",
]

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
    return ask(locking(memberships))


def locking(memberships: Iterable[int]) -> Question[dict[int, Account]]:
    """`lock_accounts`, to be asked together with others: those after it see the accounts locked."""
    wanted = memberships if isinstance(memberships, Found) else sorted(set(memberships))

    def read(rows: list[Row]) -> dict[int, Account]:
        found = storing.accounts_told(rows)
        missing = next((each for each in wanted if each not in found), None)
        if missing is not None:
            raise AccountMissing(f"membership {missing} has no account")
        return found

    return Question(storing.LOCK, [wanted], read)


def write_sealed(
    programme: int, accounts: Sequence[Account], sealed: Sequence[tuple[int, Sealed]], written_at: datetime
) -> None:
    """Write folded journals and the accounts they lead to: every account in `accounts` has journals in `sealed`.

    AccountMoved where an account was not locked before it was folded, DaySealed where `written_at` lies in a day that
    has been sealed, Unsound where a lot got back more than was taken; the caller's transaction must then be given up.
    """
    ask_together(writing(programme, accounts, sealed, written_at))


def writing(
    programme: int, accounts: Sequence[Account], sealed: Sequence[tuple[int, Sealed]], written_at: datetime
) -> list[Question[None]]:
    """`write_sealed`, to be asked together with others. What it refuses it refuses in the database."""
    if not sealed:
        return []
    rows = [each for _, each in sealed]
    refuses: Refuses = {
        storing.MOVED: lambda told: AccountMoved(f"{len(accounts)} accounts to write, {told} where they were read"),
        storing.SEALED: lambda told: DaySealed(field="written_at", written_at=written_at.isoformat()),
        storing.OVERFULL_LOTS: lambda told: Unsound(f"lots given back more than was taken, or on other terms: {told}"),
    }
    return [
        storing.writing(programme, accounts, rows, written_at, refuses),
        *storing.writing_holds(rows),
        *storing.overfull_lots(rows, refuses),
        *telling(programme, _expired(rows), written_at),
    ]


def _expired(sealed: Sequence[Sealed]) -> list[PointsExpired]:
    return [
        PointsExpired(membership=each.membership, reference=f"{each.membership}-{each.seq}")
        for each in sealed
        if each.journal.cause[0] == EXPIRY
    ]


def post_journal(*, membership: int, journal: Journal, written_at: datetime) -> Account:
    """Lock one account, fold `journal`, write both. BalanceTooLow changes nothing."""
    return _post(lock_accounts([membership])[membership], journal, written_at)


def _post(account: Account, journal: Journal, written_at: datetime) -> Account:
    after, sealed = fold(account, journal, written_at=written_at)
    write_sealed(after.programme, [after], [(after.membership, sealed)], written_at)
    return after


def expire_due(*, programme: int, at: datetime, limit: int = 500) -> int:
    """Write down every lot that died and every hold that lapsed until `at`; how many accounts that touched.

    `limit` accounts to a transaction, in the order of what is due: it may be stopped anywhere and started again.
    """
    return sum(by_hands(_due_batches(programme, at, limit), lambda batch: _expire_batch(programme, batch, at)))


def _due_batches(programme: int, at: datetime, limit: int) -> Iterator[list[int]]:
    last: tuple[datetime | None, int] = (None, 0)
    while batch := storing.due_accounts(programme, at, last, limit):
        yield [membership for _, membership in batch]
        last = batch[-1]


def _expire_batch(programme: int, memberships: Sequence[int], at: datetime) -> int:
    return in_transaction(partial(_expire, programme, memberships, at))


def _expire(programme: int, memberships: Sequence[int], at: datetime) -> int:
    accounts, sealed = lapse_due(lock_accounts(memberships), at=at, written_at=at)
    touched = dict.fromkeys(membership for membership, _ in sealed)
    write_sealed(programme, [accounts[membership] for membership in touched], sealed, at)
    return len(touched)


def settle_accounts(memberships: Iterable[int], *, at: datetime) -> dict[int, Account]:
    """Lock the accounts and write down what was due in them until `at`; the accounts as they then are."""
    accounts, sealed = lapse_due(lock_accounts(memberships), at=at, written_at=at)
    touched = dict.fromkeys(membership for membership, _ in sealed)
    for programme in {accounts[membership].programme for membership in touched}:
        write_sealed(programme, [accounts[membership] for membership in touched], sealed, at)
    return accounts


def hand_over(
    *,
    giver: int,
    taker: int,
    parts: Sequence[Part],
    tallies: Sequence[Tally],
    head: Journal,
    written_at: datetime,
    between: str = BETWEEN,
    anew: Mapping[str, LotTerms] | None = None,
) -> tuple[HandedLot, ...]:
    """Hand the `parts` of the giver's lots and the `tallies` of its days to the taker; where each part went.

    Both accounts are locked here, and settled until `head.at` by the caller before (`settle_accounts`). `head` gives
    moment, cause, actor and clause. Value is neither made nor lost: what one journal gives the other takes.
    BalanceTooLow where a part is more than its lot, or holds stand on it.
    """
    accounts = lock_accounts([giver, taker])
    stamped = storing.lot_stamps([(giver, *part.lot.key) for part in parts])
    stamps = {(seq, n): Stamp(clause, version) for _, seq, n, clause, version in stamped}
    sealed: list[tuple[int, Sealed]] = []
    handed: list[HandedLot] = []
    for pair in handings(giver, taker, parts, stamps, head=head, tallies=tallies, between=between, anew=anew):
        for membership, journal in ((giver, pair.gives), (taker, pair.takes)):
            accounts[membership], link = fold(accounts[membership], journal, written_at=written_at)
            sealed.append((membership, link))
        seq = accounts[taker].seq
        handed += [
            HandedLot(part.unit, part.lot.key, part.back or (seq, n), part.amount)
            for n, part in enumerate(pair.parts, 1)
        ]
    if sealed:
        write_sealed(accounts[giver].programme, [accounts[giver], accounts[taker]], sealed, written_at)
    return tuple(handed)


def place_hold(
    *, membership: int, unit: str, amount: int, lapses_at: datetime | None, head: Journal, written_at: datetime
) -> HoldFact:
    """Set `amount` aside until `lapses_at`. `head` gives moment, cause, actor and clause. BalanceTooLow beyond what
    may be spent then."""
    account = post_journal(
        membership=membership,
        journal=holding.placing(head, unit=unit, amount=amount, lapses_at=lapses_at),
        written_at=written_at,
    )
    return account.unit(unit).holds[-1]


def release_hold(
    *, membership: int, hold: HoldKey, amount: int | None = None, head: Journal, written_at: datetime
) -> Account:
    """Give `amount` of a hold free again, or all of it. HoldEnded where it is not open at the moment of `head`."""
    account = lock_accounts([membership])[membership]
    return _post(account, holding.releasing(head, account, hold, amount=amount), written_at)


def post_hold(
    *,
    membership: int,
    hold: HoldKey,
    credit: str,
    amount: int | None = None,
    order: str = "oldest",
    keep_rest: bool = False,
    head: Journal,
    written_at: datetime,
) -> Account:
    """Spend `amount` of a hold (all by default) to the address `credit`; the rest is released unless `keep_rest`.

    HoldEnded where it is not open at the moment of `head`, BalanceTooLow where the lots died meanwhile.
    """
    account = lock_accounts([membership])[membership]
    journal = holding.posting(head, account, hold, credit=credit, amount=amount, order=order, keep_rest=keep_rest)
    return _post(account, journal, written_at)
