"""Reading and writing accounts and journals in batches: one statement each, whatever the size of the batch.

The hot path. Statements are prepared on the connection; rows travel as JSON, which both sides read in C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from huiguan.foundation.statements import Question, Refuses, Row, hot_rows
from huiguan.ledger.measures import Tally, merged
from huiguan.ledger.rows import utc
from huiguan.ledger.values import Account, HoldFact, Sealed, UnitState
from huiguan.rules.facts import LotFact


class _Unit(msgspec.Struct):
    """A unit as the account row stores it."""

    balance: int
    held: int
    lots: list[tuple[int, int, int, datetime, datetime | None, datetime | None]]
    holds: list[tuple[int, int, int, datetime, datetime | None]] = []


_encode = msgspec.json.Encoder().encode
_units = msgspec.json.Decoder(dict[str, _Unit]).decode

run = hot_rows  # all of the room speaks to the database through here

READ = """
SELECT membership_id, programme_id, seq, head, units::text, next_due, written_at
FROM ledger_account WHERE membership_id = ANY(%s::bigint[]) ORDER BY membership_id
"""
LOCK = READ + " FOR NO KEY UPDATE"

WRITE = """
WITH given AS (
    SELECT * FROM json_to_recordset(%(accounts)s::json) AS g(
        m bigint, p bigint, was bigint, seq bigint, head bytea, units jsonb, due timestamptz, written timestamptz)
), moved AS (
    UPDATE ledger_account a SET seq = g.seq, head = g.head, units = g.units, next_due = g.due, written_at = g.written
    FROM given g WHERE a.membership_id = g.m AND a.seq = g.was AND a.programme_id = g.p
    RETURNING a.membership_id
), journals AS (
    INSERT INTO ledger_journal (membership_id, seq, programme_id, at, written_at, cause_kind, cause_ref, actor, clause,
        version, reverses_seq, tallies, previous, hash)
    SELECT m, s, p, at, written, kind, ref, actor, clause, version, reverses, tallies, previous, hash
    FROM json_to_recordset(%(journals)s::json) AS g(
        m bigint, s bigint, p bigint, at timestamptz, written timestamptz, kind text, ref text, actor text, clause text,
        version bigint, reverses bigint, tallies jsonb, previous bytea, hash bytea)
), transfers AS (
    INSERT INTO ledger_transfer (membership_id, seq, n, programme_id, unit, debit, credit, amount, clause)
    SELECT m, s, n, p, unit, debit, credit, amount, clause FROM json_to_recordset(%(transfers)s::json) AS g(
        m bigint, s bigint, p bigint, n int, unit text, debit text, credit text, amount bigint, clause text)
), lots AS (
    INSERT INTO ledger_lot (membership_id, seq, n, programme_id, unit, amount, earned_at, usable_from, expires_at,
        clause)
    SELECT m, s, n, p, unit, amount, earned, usable, expires, clause FROM json_to_recordset(%(lots)s::json) AS g(
        m bigint, s bigint, p bigint, n int, unit text, amount bigint, earned timestamptz, usable timestamptz,
        expires timestamptz, clause text)
), uses AS (
    INSERT INTO ledger_lot_use (membership_id, seq, n, programme_id, transfer, lot_seq, lot_n, amount)
    SELECT m, s, n, p, transfer, lot_seq, lot_n, amount FROM json_to_recordset(%(uses)s::json) AS g(
        m bigint, s bigint, p bigint, n int, transfer int, lot_seq bigint, lot_n int, amount bigint)
), measures AS (
    INSERT INTO ledger_measure AS held (membership_id, day, programme_id, tallies)
    SELECT m, day, p, tallies FROM json_to_recordset(%(measures)s::json) AS g(
        m bigint, p bigint, day date, tallies jsonb)
    ON CONFLICT (membership_id, day) DO UPDATE SET tallies = (
        SELECT jsonb_object_agg(name, total) FROM (
            SELECT key AS name, sum(value::bigint) AS total FROM (
                SELECT key, value FROM jsonb_each_text(held.tallies)
                UNION ALL SELECT key, value FROM jsonb_each_text(excluded.tallies)) AS both_days
            GROUP BY key) AS summed)
)
SELECT CASE
    WHEN (SELECT count(*) FROM moved) <> %(touched)s::bigint
        THEN foundation_refuse('HG001', (SELECT count(*) FROM moved)::text)
    WHEN EXISTS (SELECT 1 FROM ledger_seal WHERE programme_id = %(programme)s AND ends > %(written_at)s)
        THEN foundation_refuse('HG002', '') END
"""
MOVED, SEALED, OVERFULL_LOTS = "HG001", "HG002", "HG003"  # the SQLSTATEs by which they refuse

WRITE_HOLDS = """
INSERT INTO ledger_hold (membership_id, seq, n, programme_id, hold_seq, hold_n, what, unit, amount, lapses_at)
SELECT m, s, n, p, hold_seq, hold_n, what, unit, amount, lapses FROM json_to_recordset(%(holds)s::json) AS g(
    m bigint, s bigint, p bigint, n int, hold_seq bigint, hold_n int, what text, unit text, amount bigint,
    lapses timestamptz)
"""

DUE = """
SELECT next_due, membership_id FROM ledger_account
WHERE programme_id = %(programme)s AND next_due <= %(at)s
    AND (%(due)s::timestamptz IS NULL OR (next_due, membership_id) > (%(due)s, %(membership)s))
ORDER BY next_due, membership_id LIMIT %(limit)s
"""
STAMPS = """
SELECT l.membership_id, l.seq, l.n, l.clause, j.version
FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS w(m, s, n)
JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (w.m, w.s, w.n)
JOIN ledger_journal j ON (j.membership_id, j.seq) = (w.m, w.s)
"""
# Lots that were given back more than was ever taken from them, or under other terms than their own.
OVERFULL = """
SELECT foundation_refuse('HG003', string_agg(format('%%s-%%s/%%s', w.m, w.s, w.n), ', ')) FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::timestamptz[]) AS w(m, s, n, expires)
LEFT JOIN ledger_lot l ON (l.membership_id, l.seq, l.n) = (w.m, w.s, w.n)
LEFT JOIN LATERAL (SELECT sum(u.amount) AS used FROM ledger_lot_use u
    WHERE u.membership_id = w.m AND u.lot_seq = w.s AND u.lot_n = w.n) AS u ON true
WHERE l.n IS NULL OR l.expires_at IS DISTINCT FROM w.expires OR u.used < 0 HAVING count(*) > 0
"""


def accounts_told(rows: Iterable[Row]) -> dict[int, Account]:
    """What READ and LOCK answer: the accounts that exist, by membership."""
    return {row[0]: account_of(row) for row in rows}


def due_accounts(
    programme: int, at: datetime, after: tuple[datetime | None, int], limit: int
) -> list[tuple[datetime, int]]:
    """(next_due, membership) of the accounts with something due at `at`, beyond `after`, in that order."""
    due, membership = after
    return run(DUE, {"programme": programme, "at": at, "due": due, "membership": membership, "limit": limit})


def lot_stamps(keys: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int, str | None, int | None]]:
    """(membership, seq, n, clause, version) of lots by (membership, seq, n)."""
    return run(STAMPS, [list(column) for column in zip(*keys, strict=True)]) if keys else []


def overfull_lots(sealed: Sequence[Sealed], refuses: Refuses) -> list[Question[None]]:
    """Refuses, as OVERFULL_LOTS, a written batch that restores to lots more than ever arrived in them; nothing to ask
    where it restores none."""
    restored = [
        (each.membership, *lot.key, lot.expires_at)
        for each in sealed
        for move in each.journal.movements
        for lot, _ in move.restores
    ]
    if not restored:
        return []
    return [Question(OVERFULL, [list(column) for column in zip(*restored, strict=True)], lambda rows: None, refuses)]


def account_of(row: tuple[Any, ...]) -> Account:
    membership, programme, seq, head, units, due, written_at = row
    states = {name: _state(unit) for name, unit in _units(units).items()}
    return Account(membership, programme, seq, bytes(head), states, utc(due), utc(written_at))


def _state(unit: _Unit) -> UnitState:
    lots = tuple(
        LotFact((seq, n), left, earned, expires, usable) for seq, n, left, earned, expires, usable in unit.lots
    )
    holds = tuple(HoldFact((seq, n), left, placed, lapses) for seq, n, left, placed, lapses in unit.holds)
    return UnitState(unit.balance, unit.held, lots, holds)


def units_document(account: Account) -> dict[str, Any]:
    """An account's units as its row stores them."""
    return {
        name: {
            "balance": state.balance,
            "held": state.held,
            "lots": [(*lot.key, lot.left, lot.earned_at, lot.expires_at, lot.usable_from) for lot in state.lots],
            **({"holds": [(*h.key, h.left, h.placed_at, h.lapses_at) for h in state.holds]} if state.holds else {}),
        }
        for name, state in account.units.items()
    }


def writing(
    programme: int, accounts: Sequence[Account], sealed: Sequence[Sealed], written_at: datetime, refuses: Refuses
) -> Question[None]:
    """Writes a batch. Refuses, as MOVED, where an account row is not where it was read, as SEALED where the day is."""
    given = {
        "programme": programme,
        "written_at": written_at,
        "touched": len({each.membership for each in sealed}),
        "accounts": _accounts_json(accounts, sealed),
        "journals": _journals_json(sealed),
        "transfers": _json(
            {"m": e.membership, "s": e.seq, "p": e.programme, "n": n, "unit": unit, "debit": debit, "credit": credit,
             "amount": amount, "clause": clause}
            for e in sealed for n, unit, debit, credit, amount, clause in e.rows.transfers
        ),
        "lots": _json(
            {"m": e.membership, "s": e.seq, "p": e.programme, "n": n, "unit": unit, "amount": amount,
             "earned": earned, "usable": usable, "expires": expires, "clause": clause}
            for e in sealed for n, unit, amount, earned, usable, expires, clause in e.rows.lots
        ),
        "uses": _json(
            {"m": e.membership, "s": e.seq, "p": e.programme, "n": n, "transfer": transfer, "lot_seq": lot_seq,
             "lot_n": lot_n, "amount": amount}
            for e in sealed for n, transfer, lot_seq, lot_n, amount in e.rows.uses
        ),
        "measures": _measures_json(sealed),
    }  # fmt: skip
    return Question(WRITE, given, lambda rows: None, refuses)


def writing_holds(sealed: Sequence[Sealed]) -> list[Question[None]]:
    """Writes the steps of holds of a batch; nothing to ask where it has none."""
    if not any(e.rows.holds for e in sealed):
        return []
    return [Question(WRITE_HOLDS, {"holds": _holds_json(sealed)}, lambda rows: None)]


def _json(rows: Iterable[dict[str, Any]]) -> str:
    return _encode(list(rows)).decode()


def _accounts_json(accounts: Sequence[Account], sealed: Sequence[Sealed]) -> str:
    """The rows with the seq they had when read: the write fails where another got between."""
    before: dict[int, int] = {}
    for each in sealed:
        before.setdefault(each.membership, each.seq - 1)
    return _json(
        {"m": a.membership, "p": a.programme, "was": before[a.membership], "seq": a.seq, "head": "\\x" + a.head.hex(),
         "units": units_document(a), "due": a.next_due, "written": a.written_at}
        for a in accounts
    )  # fmt: skip


def _journals_json(sealed: Sequence[Sealed]) -> str:
    return _json(
        {"m": e.membership, "s": e.seq, "p": e.programme, "at": e.journal.at, "written": e.written_at,
         "kind": e.journal.cause[0], "ref": e.journal.cause[1], "actor": e.journal.actor, "clause": e.journal.clause,
         "version": e.journal.version, "reverses": e.journal.reverses, "tallies": e.journal.tallies or None,
         "previous": "\\x" + e.previous.hex(), "hash": "\\x" + e.hash.hex()}
        for e in sealed
    )  # fmt: skip


def _measures_json(sealed: Sequence[Sealed]) -> str:
    """What the batch adds, one row per membership and day."""
    found: dict[tuple[int, int], list[Tally]] = {}
    for each in sealed:
        if each.journal.tallies:
            found.setdefault((each.membership, each.programme), []).extend(each.journal.tallies)
    return _json(
        {"m": membership, "p": programme, "day": day, "tallies": values}
        for (membership, programme), tallies in found.items()
        for day, values in merged(tallies).items()
    )


def _holds_json(sealed: Sequence[Sealed]) -> str:
    return _json(
        {"m": e.membership, "s": e.seq, "p": e.programme, "n": n, "hold_seq": hold_seq, "hold_n": hold_n,
         "what": what, "unit": unit, "amount": amount, "lapses": lapses}
        for e in sealed for n, hold_seq, hold_n, what, unit, amount, lapses in e.rows.holds
    )  # fmt: skip
