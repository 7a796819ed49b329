"""The books of memberships read back as values: what the proof and the people's questions work on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from huiguan.ledger import storing
from huiguan.ledger.chaining import link
from huiguan.ledger.rows import utc
from huiguan.ledger.values import Account, Journal, Rows

WITHIN = "membership_id > %(after)s AND membership_id <= %(until)s AND (%(p)s::bigint IS NULL OR programme_id = %(p)s)"
ACCOUNTS = f"""
SELECT membership_id, programme_id, seq, head, units::text, next_due, written_at FROM ledger_account WHERE {WITHIN}
"""
JOURNALS = f"""
SELECT membership_id, seq, programme_id, at, written_at, cause_kind, cause_ref, actor, clause, version, reverses_seq,
    tallies::text, previous, hash
FROM ledger_journal WHERE {WITHIN} ORDER BY membership_id, seq
"""
TABLES = {
    "ledger_transfer": "n, unit, debit, credit, amount, clause",
    "ledger_lot": "n, unit, amount, earned_at, usable_from, expires_at, clause",
    "ledger_lot_use": "n, transfer, lot_seq, lot_n, amount",
    "ledger_hold": "n, hold_seq, hold_n, what, unit, amount, lapses_at",
}
MEASURES = f"SELECT membership_id, day, tallies::text FROM ledger_measure WHERE {WITHIN}"
NEXT = """
SELECT max(membership_id) FROM (
    SELECT membership_id FROM ledger_account
    WHERE membership_id > %(after)s AND (%(p)s::bigint IS NULL OR programme_id = %(p)s)
    ORDER BY membership_id LIMIT %(limit)s) AS batch
"""
LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Link:
    """A journal as it is stored, with its rows. `journal` has no movements: `rows` has them."""

    seq: int
    programme: int
    written_at: datetime
    previous: bytes
    hash: bytes
    journal: Journal
    rows: Rows

    def expected_hash(self, membership: int) -> bytes:
        """The hash its content gives now."""
        return link(
            self.journal,
            self.rows,
            membership=membership,
            programme=self.programme,
            seq=self.seq,
            written_at=self.written_at,
            previous=self.previous,
        )


@dataclass(slots=True)
class History:
    """All the books know of one membership. `orphans` are rows whose journal is not there: (table, seq, n)."""

    membership: int
    account: Account | None = None
    links: list[Link] = field(default_factory=list)
    orphans: list[tuple[str, int, int]] = field(default_factory=list)
    measures: dict[date, dict[str, int]] = field(default_factory=dict)

    def until(self, written_at: datetime) -> History:
        """The history as it stood at a moment: a prefix of the chain. Account and measures are those of now."""
        kept = [each for each in self.links if each.written_at <= written_at]
        return History(self.membership, self.account, kept, self.orphans, self.measures)


def history_of(membership: int, programme: int | None = None) -> History:
    """One membership's books; empty where there are none."""
    found = histories(membership - 1, membership, programme)
    return found[0] if found else History(membership)


def all_histories(programme: int | None, *, batch: int = 500) -> Iterator[History]:
    """Every membership's books in order, a batch of accounts at a time. Rows without any account come with the batch
    in whose range they lie."""
    after = -1
    while after < LAST:
        [(found,)] = storing.run(NEXT, {"after": after, "p": programme, "limit": batch})
        until = LAST if found is None else found
        yield from histories(after, until, programme)
        after = until


def histories(after: int, until: int, programme: int | None) -> list[History]:
    """The books of the memberships beyond `after` up to `until`."""
    given = {"after": after, "until": until, "p": programme}
    found: dict[int, History] = {}

    def of(membership: int) -> History:
        return found.setdefault(membership, History(membership))

    for row in storing.run(ACCOUNTS, given):
        of(row[0]).account = storing.account_of(row)
    parts = {table: _by_journal(table, columns, given) for table, columns in TABLES.items()}
    for row in storing.run(JOURNALS, given):
        of(row[0]).links.append(_link(row, parts))
    for table, rows in parts.items():
        for membership, seq in rows:
            of(membership).orphans.extend((table, seq, row[0]) for row in rows[(membership, seq)])
    for membership, day, tallies in storing.run(MEASURES, given):
        of(membership).measures[day] = msgspec.json.decode(tallies)
    return [found[membership] for membership in sorted(found)]


def _by_journal(table: str, columns: str, given: dict[str, Any]) -> dict[tuple[int, int], tuple[Any, ...]]:
    sql = f"SELECT membership_id, seq, {columns} FROM {table} WHERE {WITHIN} ORDER BY membership_id, seq, n"
    rows: Iterable[tuple[Any, ...]] = storing.run(sql, given)
    return {key: tuple(_plain(row) for row in each) for key, each in groupby(rows, key=itemgetter(0, 1))}


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(utc(value) if isinstance(value, datetime) else value for value in row[2:])


def _link(row: tuple[Any, ...], parts: dict[str, dict[tuple[int, int], tuple[Any, ...]]]) -> Link:
    membership, seq, programme, at, written_at, kind, ref, actor, clause, version, reverses, tallies, previous, own = (
        row
    )
    rows = Rows(*(parts[table].pop((membership, seq), ()) for table in TABLES))
    counted = tuple(map(tuple, msgspec.json.decode(tallies))) if tallies else ()
    journal = Journal(
        at=utc(at),
        cause=(kind, ref),
        actor=actor,
        clause=clause,
        version=version,
        reverses=reverses,
        tallies=tuple((_day(day), measure, delta) for day, measure, delta in counted),
    )
    return Link(seq, programme, utc(written_at), bytes(previous), bytes(own), journal, rows)


def _day(value: str) -> date:
    return date.fromisoformat(value)
