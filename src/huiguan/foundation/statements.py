"""Hot statements: prepared on the server, rows in the binary form, inside Django's own connection and transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def hot_rows(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Execute `sql` and fetch its rows; no row where it returns none. About half the cost of Django's cursor.

    Lists need a cast in the statement (`%s::bigint[]`): without it each size of number prepares a statement of its own.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, given, prepare=True, binary=True)
        return cursor.fetchall() if cursor.description else []
