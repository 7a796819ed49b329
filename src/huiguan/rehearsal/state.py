"""Whether anything changed: one figure for every room's tables, each added up again only after it was written to.

The server counts what a transaction wrote to each table, undone or not. A table it counts nothing of holds what it held
when the transaction began, so of some 170 tables only the few a step touched are read: an example's refusals cost
milliseconds, not a tenth of a second each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db import connection

Figure = tuple[int, int]  # how many rows, and their hashes added up

_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public'
AND tablename !~ '^(django|auth|procrastinate)_' ORDER BY tablename
"""
_WRITTEN = """
SELECT now(), coalesce(json_object_agg(relname, n_tup_ins + n_tup_upd + n_tup_del), '{}')
FROM pg_stat_xact_user_tables WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0
"""

# A wrong try is counted although it is refused: that is what it is for.
_COUNTS_TRIES = {"cases_accesscode": "failures"}
# Its source is long and never edited: its number is enough.
_NUMBERED = "programme_version"


@dataclass(slots=True)
class Tables:
    """The figures of one example's tables so far. Made anew for each: the counts say nothing of what was undone when the
    one before was rolled back."""

    _figures: dict[str, tuple[int, Figure]] = field(default_factory=dict)

    def fingerprint(self) -> dict[str, Figure]:
        """Count and hash of each table, as this transaction sees it."""
        began, written = _written()
        untouched = _untouched(_database(), began, written)
        stale = [name for name, writes in written.items() if self._figures.get(name, (0, None))[0] != writes]
        self._figures.update((name, (written[name], figure)) for name, figure in _added_up(stale).items())
        return {**untouched, **{name: figure for name, (_, figure) in self._figures.items()}}


def _database() -> str:
    told = connection.settings_dict
    return f"{told['HOST']}:{told['PORT']}/{told['NAME']}"


def _written() -> tuple[datetime, dict[str, int]]:
    """When this transaction began, and how many writes each of the tables has had in it."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        began, written = cursor.fetchone()
    known = _tables(_database())
    return began, {name: writes for name, writes in written.items() if name in known}


_begun: dict[str, tuple[datetime, dict[str, Figure]]] = {}


def _untouched(database: str, began: datetime, written: Collection[str]) -> dict[str, Figure]:
    """The figures of the tables this transaction had not written to when it first was asked: what it found there."""
    if _begun.get(database, (None, {}))[0] != began:
        _begun[database] = began, _added_up(name for name in _tables(database) if name not in written)
    return _begun[database][1]


@cache
def _tables(database: str) -> tuple[str, ...]:
    """Asked once for a database."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return tuple(row[0] for row in cursor.fetchall())


def _added_up(tables: Iterable[str]) -> dict[str, Figure]:
    parts = [f"SELECT '{table}', {_sum(table)}" for table in tables]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (count, total) for name, count, total in cursor.fetchall()}


def _sum(table: str) -> str:
    """Rows and hashes added up; a row is taken as text, without its count of wrong tries."""
    if table == _NUMBERED:
        return f"count(*), coalesce(sum(id), 0) FROM {table}"
    counted = _COUNTS_TRIES.get(table)
    row = f"(to_jsonb(t) - '{counted}')::text" if counted else "t::text"
    return f"count(*), coalesce(sum(hashtextextended({row}, 0)), 0) FROM {table} t"
