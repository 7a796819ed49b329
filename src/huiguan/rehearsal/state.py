"""Whether anything changed: one figure over every row of every room's tables."""

from __future__ import annotations

from functools import cache

from django.db import connection

_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public'
AND tablename !~ '^(django|auth|procrastinate)_' AND tablename <> 'programme_version' ORDER BY tablename
"""

# A wrong try is counted although it is refused: that is what it is for.
_COUNTS_TRIES = {"cases_accesscode": "failures"}


def _row(table: str) -> str:
    """A row as text, without its count of wrong tries."""
    counted = _COUNTS_TRIES.get(table)
    return f"(to_jsonb(t) - '{counted}')::text" if counted else "t::text"


@cache
def _question(name: str) -> str:
    """Asked once for a database, which is known by its name and address."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [row[0] for row in cursor.fetchall()]
    # A version's source is long and never edited: its number is enough.
    parts = [f"count(*), coalesce(sum(hashtextextended({_row(table)}, 0)), 0) FROM {table} t" for table in tables]
    parts.append("count(*), coalesce(sum(id), 0) FROM programme_version")
    # Ordered in so many words: parallel workers answer a union's parts in whatever order they are done.
    return " UNION ALL ".join(f"SELECT {i}, {part}" for i, part in enumerate(parts)) + " ORDER BY 1"


def fingerprint() -> tuple[tuple[int, int], ...]:
    """Count and hash of each table, as this transaction sees it."""
    told = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(_question(f"{told['HOST']}:{told['PORT']}/{told['NAME']}"))
        return tuple((row[1], row[2]) for row in cursor.fetchall())
