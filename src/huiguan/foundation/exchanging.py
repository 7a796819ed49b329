"""One round trip with many prepared statements, spoken to libpq itself.

psycopg's cursors cost a sale more than the sale's own arithmetic: each makes its adapters anew and sends for itself.
Here the parameters are dumped and the rows loaded by psycopg's C code, everything is sent at once and read at once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
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
        transformer = adapt.Transformer(conn)
        query, order = _numbered(sql)
        values = [given[name] for name in order] if isinstance(given, Mapping) else list(given)
        told = transformer.dump_sequence(values, [_AUTO] * len(values))
        key = (sql, transformer.types or ())
        name = known.get(key)
        if name is None:
            name = known[key] = b"huiguan_%d" % next(_names)
            fresh.append(key)
            commands.append(partial(pgconn.send_prepare, name, query, key[1]))
        asked.append(len(commands))
        send = partial(pgconn.send_query_prepared, name, told, transformer.formats, result_format=pq.Format.BINARY)
        commands.append(send)
    commands.append(pgconn.pipeline_sync)
    try:
        results = _spoken(conn, commands)
    except BaseException:
        for key in fresh:  # whether they were prepared is not known
            known.pop(key, None)
        raise
    return [_rows(conn, results[place]) for place in asked]


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
