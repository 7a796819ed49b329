"""A member's ledger as it is read: one line per transfer, with its lot, what it used, and whether the chain holds it.
Pure."""

from __future__ import annotations

from huiguan.ledger.history import History, Link
from huiguan.ledger.replaying import Standing, delta_of
from huiguan.ledger.values import Entry, LotUse, OpenedLot, TransferTuple
from huiguan.rules.facts import LotKey


def entries_of(history: History, unit: str) -> tuple[Entry, ...]:
    """All lines of a unit, newest first in the order of writing."""
    standing = Standing()
    for link in history.links:
        standing.read(link)
    found: list[Entry] = []
    balance, head, seq = 0, b"", 0
    for link in history.links:
        follows = link.previous == head and link.seq == seq + 1
        intact = follows and link.expected_hash(history.membership) == link.hash
        head, seq = link.hash, link.seq
        for row in link.rows.transfers:
            if row[1] == unit:
                delta = delta_of(history.membership, unit, row[2], row[3], row[4])
                balance += delta
                found.append(_entry(link, row, delta, balance, standing, intact))
    return tuple(reversed(found))


def _entry(link: Link, row: TransferTuple, delta: int, balance: int, standing: Standing, intact: bool) -> Entry:
    n, unit, debit, credit, _, clause = row
    journal = link.journal
    house = debit if delta > 0 else credit
    return Entry(
        seq=link.seq,
        n=n,
        unit=unit,
        delta=delta,
        balance=balance,
        purpose=house.rpartition(":")[2],
        cause=journal.cause,
        clause=clause or journal.clause,
        version=journal.version,
        actor=journal.actor,
        at=journal.at,
        written_at=link.written_at,
        reverses=journal.reverses,
        lot=_opened(standing, (link.seq, n)),
        uses=_uses(link, n, standing),
        intact=intact,
    )


def _opened(standing: Standing, key: LotKey) -> OpenedLot | None:
    terms = standing.terms.get(key)
    if terms is None:
        return None
    _, _, amount, earned_at, usable_from, expires_at, clause = terms
    used = amount - standing.left[key]
    return OpenedLot(key, amount, used, standing.expired.get(key, 0), earned_at, usable_from, expires_at, clause)


def _uses(link: Link, transfer: int, standing: Standing) -> tuple[LotUse, ...]:
    return tuple(
        LotUse((seq, n), amount, standing.terms[(seq, n)][3], standing.terms[(seq, n)][5])
        for _, of, seq, n, amount in link.rows.uses
        if of == transfer and (seq, n) in standing.terms
    )
