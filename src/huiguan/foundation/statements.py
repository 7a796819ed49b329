"""Hot statements: prepared on the server, rows in the binary form, inside Django's own connection and transaction.

Statements that travel together may depend on each other: what one finds and keeps on the server (`Found`) the later ones
take as a parameter, and what one refuses (`foundation_refuse` in its SQL) keeps the later ones from being executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from huiguan.foundation.exchanging import Found, Meanwhile, Row, Statement, exchange

__all__ = ["Found", "Question", "Row", "ask", "ask_last", "ask_together", "copy_rows", "hot_rows", "listed"]

Answer = TypeVar("Answer")
Refuses = Mapping[str, Callable[[str], Exception]]


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """A hot statement not sent yet, and how its rows are read. Rooms hand them out, so that several go together.
    `refuses`: what it refuses in SQL, by SQLSTATE (those of the house begin with HG), made of the words it says."""

    sql: str
    given: Sequence[Any] | Mapping[str, Any]
    read: Callable[[list[Row]], Answer]
    refuses: Refuses | None = None


def listed(values: Iterable[Any]) -> list[Any]:
    """`values` as a parameter: a list of them; what another statement is to find stays what it is."""
    return values if isinstance(values, Found) else list(values)


def hot_rows(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    """Execute `sql` and fetch its rows; no row where it returns none. A fifth of the cost of Django's cursor.

    Lists need a cast in the statement (`%s::bigint[]`): without it each size of number prepares a statement of its own.
    """
    (rows,) = _exchanged([(sql, given)])
    return rows


def ask(question: Question[Answer]) -> Answer:
    """One question's answer."""
    (answer,) = ask_together([question])
    return answer  # type: ignore[no-any-return]


def ask_together(questions: Sequence[Question[Any]], *, meanwhile: Meanwhile | None = None) -> list[Any]:
    """The answers to all, in one round trip. Each is executed after the one before it and sees what that one did or
    waited for; where one fails, the later ones are not executed. `meanwhile` is done while the server works, and asks
    it nothing."""
    if not questions:
        return []
    found = _asked(questions, meanwhile=meanwhile)
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


def ask_last(questions: Sequence[Question[Any]], *, meanwhile: Meanwhile | None = None) -> None:
    """Ask all, and end the transaction by a COMMIT in the same round trip, where it is the outermost. Nothing may be
    asked after it, and what is to be refused the statements refuse themselves: their answers are not read."""
    held = connections[DEFAULT_DB_ALIAS]
    outermost = held.in_atomic_block and not held.savepoint_ids and not held.needs_rollback
    if questions:
        _asked(questions, commit=outermost, meanwhile=meanwhile)
    elif meanwhile is not None:
        meanwhile()


def _asked(
    questions: Sequence[Question[Any]], *, commit: bool = False, meanwhile: Meanwhile | None = None
) -> list[list[Row]]:
    statements = [(question.sql, question.given) for question in questions]
    try:
        return _exchanged(statements, commit=commit, meanwhile=meanwhile)
    except DatabaseError as wrong:
        cause = wrong.__cause__
        if not isinstance(cause, psycopg.Error):
            raise
        state = cause.sqlstate or ""
        for question in questions:
            if question.refuses and state in question.refuses:
                raise question.refuses[state](cause.diag.message_primary or "") from wrong
        raise


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Many new rows at once, in the caller's transaction. Names are the program's own; documents come as text."""
    told = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(told) as copy:
        for row in rows:
            copy.write_row(row)


def _exchanged(
    statements: Sequence[Statement], *, commit: bool = False, meanwhile: Meanwhile | None = None
) -> list[list[Row]]:
    held = connections[DEFAULT_DB_ALIAS]  # asked for once: finding the thread's own takes longer than what it is asked
    held.ensure_connection()
    with held.wrap_database_errors:
        return exchange(held.connection, statements, commit=commit, meanwhile=meanwhile)
