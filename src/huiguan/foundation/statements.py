"""Hot statements: prepared on the server, rows in the binary form, inside Django's own connection and transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection

from huiguan.foundation.exchanging import Row, exchange

__all__ = ["Question", "Row", "ask", "ask_together", "copy_rows", "hot_rows"]

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """A hot statement not sent yet, and how its rows are read. Rooms hand them out, so that several go together."""

    sql: str
    given: Sequence[Any] | Mapping[str, Any]
    read: Callable[[list[Row]], Answer]


def hot_rows(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    """Execute `sql` and fetch its rows; no row where it returns none. A fifth of the cost of Django's cursor.

    Lists need a cast in the statement (`%s::bigint[]`): without it each size of number prepares a statement of its own.
    """
    (rows,) = _exchanged([(sql, given)])
    return rows


def ask(question: Question[Answer]) -> Answer:
    """One question's answer."""
    return question.read(hot_rows(question.sql, question.given))


def ask_together(questions: Sequence[Question[Any]]) -> list[Any]:
    """The answers to all, in one round trip. Each is executed after the one before it and sees what that one did or
    waited for; where one fails, the later ones are not executed."""
    if not questions:
        return []
    found = _exchanged([(question.sql, question.given) for question in questions])
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Many new rows at once, in the caller's transaction. Names are the program's own; documents come as text."""
    told = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(told) as copy:
        for row in rows:
            copy.write_row(row)


def _exchanged(statements: Sequence[tuple[str, Sequence[Any] | Mapping[str, Any]]]) -> list[list[Row]]:
    connection.ensure_connection()
    if not psycopg.Pipeline.is_supported():  # a libpq older than 14
        return [_one(*statement) for statement in statements]
    with connection.wrap_database_errors:
        return exchange(connection.connection, statements)


def _one(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, given, prepare=True, binary=True)
        return cursor.fetchall() if cursor.description else []
