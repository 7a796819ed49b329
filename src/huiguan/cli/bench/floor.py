"""What the database alone needs to clear lots that died: the same rows, set by set, on copies of the same tables."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import connection, transaction

from huiguan.cli.bench.raw import copy_tables

_TABLES = ("ledger_account", "ledger_journal", "ledger_transfer", "ledger_lot_use")
CHUNK = 1000  # accounts to a transaction, as the product takes them
# One lot for each member, as they were loaded: what the sets cannot know of others is not asked here.
_CLEAR = """
WITH due AS MATERIALIZED (
    SELECT membership_id, programme_id, seq, head, units, next_due, (units->'points'->>'balance')::bigint AS balance,
           units->'points'->'lots'->0 AS lot
    FROM raw.ledger_account WHERE next_due <= %(at)s ORDER BY next_due, membership_id LIMIT %(chunk)s FOR UPDATE
), cleared AS (
    UPDATE raw.ledger_account a
    SET seq = due.seq + 1, head = sha256(due.head || due.membership_id::text::bytea), next_due = NULL,
        units = '{"points": {"balance": 0, "held": 0, "lots": []}}', written_at = %(at)s
    FROM due WHERE a.membership_id = due.membership_id
), journals AS (
    INSERT INTO raw.ledger_journal (membership_id, seq, programme_id, at, written_at, cause_kind, cause_ref, actor,
        clause, version, previous, hash)
    SELECT membership_id, seq + 1, programme_id, next_due, %(at)s, 'expiry', next_due::text, 'system:0', 'B55-14', 1,
        head, sha256(head || membership_id::text::bytea) FROM due
), transfers AS (
    INSERT INTO raw.ledger_transfer (membership_id, seq, n, programme_id, unit, debit, credit, amount, clause)
    SELECT membership_id, seq + 1, 1, programme_id, 'points', 'member:' || membership_id || ':points',
        'house:points:expired', balance, 'B55-14' FROM due
), uses AS (
    INSERT INTO raw.ledger_lot_use (membership_id, seq, n, programme_id, transfer, lot_seq, lot_n, amount)
    SELECT membership_id, seq + 1, 1, programme_id, 1, (lot->>0)::bigint, (lot->>1)::int, balance FROM due
)
SELECT count(*) FROM due
"""


def prepare() -> None:
    """The copies, with every account."""
    copy_tables(_TABLES)


def cleared_per_second(at: datetime, most: int) -> float:
    """Accounts a second that plain SQL clears, until `most` are done or none is left."""
    done, begun = 0, time.perf_counter()
    with connection.cursor() as cursor:
        while done < most:
            with transaction.atomic():
                cursor.execute(_CLEAR, {"at": at, "chunk": CHUNK})
                (count,) = cursor.fetchone()
            done += count
            if not count:
                break
    return done / (time.perf_counter() - begun)
