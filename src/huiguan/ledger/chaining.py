"""The chain of hashes: each link covers its journal, its transfers, lots, uses, holds and tallies, and the link before.

Pure. SHA-256 over compact JSON of lists, moments in UTC, rows in order of their number.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

import msgspec

from huiguan.ledger.rows import utc
from huiguan.ledger.values import Journal, Rows

_encode = msgspec.json.Encoder().encode
FORM = 1  # of the canonical form; a new form gets a new number, and old links keep theirs


def link(
    journal: Journal, rows: Rows, *, membership: int, programme: int, seq: int, written_at: datetime, previous: bytes
) -> bytes:
    """The hash of `journal` in its place. Its movements and holds are covered by `rows`."""
    told = (
        FORM,
        programme,
        membership,
        seq,
        utc(journal.at),
        utc(written_at),
        journal.cause,
        journal.actor,
        journal.clause,
        journal.version,
        journal.reverses,
        rows.transfers,
        rows.lots,
        rows.uses,
        rows.holds,
        journal.tallies,
    )
    return sha256(_encode(told) + previous).digest()


def seal(
    *, programme: int, day: date, starts: datetime | None, ends: datetime, journals: int, root: bytes, previous: bytes
) -> bytes:
    """The hash of a daily seal: what it covers, how many journals, their root, and the seal before."""
    return sha256(_encode((FORM, programme, day, utc(starts), utc(ends), journals)) + root + previous).digest()
