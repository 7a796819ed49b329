"""One round trip with many prepared statements, spoken to libpq itself.

psycopg's cursors cost a sale more than the sale's own arithmetic: each makes its adapters anew and sends for itself.
Here plain parameters are written out as PostgreSQL reads them, rows are loaded by psycopg's C code, everything is sent at
once and read at once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import adapt, generators, pq
from psycopg.errors import error_from_result

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]
Prepared = dict[tuple[str, tuple[int, ...]], bytes]

_AUTO = adapt.PyFormat.AUTO
_PLACE = re.compile(r"%(?:\((\w+)\))?s|%%")
_names = count(1)
_prepared: WeakKeyDictionary[psycopg.Connection[Any], Prepared] = WeakKeyDictionary()


def exchange(conn: psycopg.Connection[Any], statements: Sequence[Statement]) -> list[list[Row]]:
    """The rows of each statement, in binary form. They are executed one after another in the connection's
    transaction (begun where it has none, unless it commits by itself); the first error is raised and ends it."""
    known = _prepared.setdefault(conn, {})
    fresh: list[tuple[str, tuple[int, ...]]] = []
    commands: deque[Callable[[], None]] = deque()
    asked: list[int] = []  # which of the results are the statements'
    pgconn = conn.pgconn
    if not conn.autocommit and pgconn.transaction_status == pq.TransactionStatus.IDLE:
        commands.append(partial(pgconn.send_query_params, conn._get_tx_start_command(), None))
    for sql, given in statements:
        query, order = _numbered(sql)
        values = [given[name] for name in order] if isinstance(given, Mapping) else given
        told, types, formats = _written(conn, values)
        key = (sql, types)
        name = known.get(key)
        if name is None:
            name = known[key] = b"huiguan_%d" % next(_names)
            fresh.append(key)
            commands.append(partial(pgconn.send_prepare, name, query, key[1]))
        asked.append(len(commands))
        send = partial(pgconn.send_query_prepared, name, told, formats, result_format=pq.Format.BINARY)
        commands.append(send)
    commands.append(pgconn.pipeline_sync)
    try:
        results = _spoken(conn, commands)
    except BaseException:
        for key in fresh:  # whether they were prepared is not known
            known.pop(key, None)
        raise
    return [_rows(conn, results[place]) for place in asked]


def _written(
    conn: psycopg.Connection[Any], values: Sequence[Any]
) -> tuple[Sequence[Any], tuple[int, ...], Sequence[pq.Format] | None]:
    """The parameters as sent, their types and forms. Plain ones go as text of a type the server finds by its casts and
    columns, so that a statement is prepared once and no adapter is looked for; others as psycopg writes them."""
    try:
        return [None if value is None else _WAYS[type(value)](value) for value in values], (), None
    except KeyError:
        transformer = adapt.Transformer(conn)
        told = transformer.dump_sequence(values, [_AUTO] * len(values))
        return told, transformer.types or (), transformer.formats


def _word(value: str) -> bytes:
    if "\0" in value:  # the protocol ends a text there
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return value.encode()


def _list(values: Sequence[Any]) -> bytes:
    """An array of words, numbers, days or moments."""
    return f"{{{','.join([_element(value) for value in values])}}}".encode()


def _element(value: Any) -> str:
    if type(value) is int:
        return str(value)
    if value is None:
        return "NULL"
    plain = _PLAIN[type(value)](value).decode().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


# How plain values are written in a parameter. A type that is not here is psycopg's to write.
_PLAIN: dict[type, Callable[[Any], bytes]] = {
    str: _word,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"t" if value else b"f",
    datetime: lambda value: value.isoformat().encode(),
    date: lambda value: value.isoformat().encode(),
    bytes: lambda value: b"\\x" + value.hex().encode(),
}
_WAYS: dict[type, Callable[[Any], bytes]] = {**_PLAIN, list: _list, tuple: _list}


def _spoken(conn: psycopg.Connection[Any], commands: deque[Callable[[], None]]) -> list[pq.abc.PGresult]:
    """Send all, read all: the result of each command. Raises the first error."""
    wanted = len(commands)
    with conn.lock:
        conn.pgconn.enter_pipeline_mode()
        try:
            found = conn.wait(_communicated(conn.pgconn, commands, wanted))
        finally:
            if conn.pgconn.status == pq.ConnStatus.OK:
                conn.pgconn.exit_pipeline_mode()
    results = [each[-1] for each in found]
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise error_from_result(result, encoding=conn.info.encoding)
    return results


def _communicated(
    pgconn: pq.abc.PGconn, commands: deque[Callable[[], None]], wanted: int
) -> Generator[Any, Any, list[list[pq.abc.PGresult]]]:
    found: list[list[pq.abc.PGresult]] = yield from generators.pipeline_communicate(pgconn, commands)
    # The last command's text may still be on its way: the server would wait for the rest, and we for its answer.
    yield from generators.send(pgconn)
    while len(found) < wanted:
        found.append((yield from generators.fetch_many(pgconn)))
    return found


def _rows(conn: psycopg.Connection[Any], result: pq.abc.PGresult) -> list[Row]:
    if result.status != pq.ExecStatus.TUPLES_OK or not result.ntuples:
        return []
    transformer = adapt.Transformer(conn)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """`%s` and `%(name)s` as `$1`, `$2` …; the names in their order."""
    order: list[str] = []
    places = count(1)

    def number(found: re.Match[str]) -> str:
        if found.group() == "%%":
            return "%"
        name = found.group(1)
        if name is None:
            return f"${next(places)}"
        if name not in order:
            order.append(name)
        return f"${order.index(name) + 1}"

    return _PLACE.sub(number, sql).encode(), tuple(order)
