"""One round trip with many prepared statements, spoken to libpq itself.

psycopg's cursors cost a sale more than the sale's own arithmetic: each makes its adapters anew and sends for itself.
Here plain parameters are written out as PostgreSQL reads them, rows are loaded by psycopg's C code, everything is sent at
once and read at once: psycopg's own pipeline asks the system about the line before each statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import adapt, generators, pq
from psycopg.abc import Transformer
from psycopg.errors import error_from_result

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]
Place = str | int  # a parameter by its name, or which it is
Meanwhile = Callable[[], None]

_AUTO = adapt.PyFormat.AUTO
_PLACE = re.compile(r"%(?:\((\w+)\))?s|%%")
_names = count(1)


class Found(list[int]):
    """Keys that an earlier statement of the same exchange finds, and keeps on the server by `set_config(name, …, true)`;
    filled here when that one's rows are read. As a parameter it stands for what the server keeps. It needs a cast."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


@dataclass(slots=True)
class _Prepared:
    """A statement the server knows by `name`, and how its rows are loaded once it has answered with some."""

    name: bytes
    loading: Transformer | None = None


_prepared: WeakKeyDictionary[psycopg.Connection[Any], dict[tuple[bytes, tuple[int, ...]], _Prepared]] = (
    WeakKeyDictionary()
)


def exchange(
    conn: psycopg.Connection[Any],
    statements: Sequence[Statement],
    *,
    commit: bool = False,
    meanwhile: Meanwhile | None = None,
) -> list[list[Row]]:
    """The rows of each statement, in binary form. They are executed one after another in the connection's
    transaction (begun where it has none, unless it commits by itself; with `commit` ended after them); the first error
    is raised and ends it. `meanwhile` is done while the server works; it asks it nothing, and what it raises is raised
    after that."""
    known = _prepared.setdefault(conn, {})
    fresh: list[tuple[bytes, tuple[int, ...]]] = []
    commands: list[Callable[[], None]] = []
    asked: list[tuple[int, _Prepared]] = []  # which of the results are the statements'
    pgconn = conn.pgconn
    begins = not conn.autocommit and pgconn.transaction_status == pq.TransactionStatus.IDLE
    begin = [(conn._get_tx_start_command().decode(), ())] if begins else []
    for sql, given in (*begin, *statements, *([("COMMIT", ())] if commit else [])):
        query, values = _placed(sql, given)
        told, types, formats = _written(conn, values)
        key = (query, types)
        statement = known.get(key)
        if statement is None:
            statement = known[key] = _Prepared(b"huiguan_%d" % next(_names))
            fresh.append(key)
            commands.append(partial(pgconn.send_prepare, statement.name, query, types))
        asked.append((len(commands), statement))
        send = partial(pgconn.send_query_prepared, statement.name, told, formats, result_format=pq.Format.BINARY)
        commands.append(send)
    commands.append(pgconn.pipeline_sync)
    try:
        results = _spoken(conn, commands, meanwhile)
    except BaseException:
        for key in fresh:  # whether they were prepared is not known
            known.pop(key, None)
        raise
    mine = asked[len(begin) : len(begin) + len(statements)]
    return [_rows(conn, statement, results[place]) for place, statement in mine]


def _placed(sql: str, given: Sequence[Any] | Mapping[str, Any]) -> tuple[bytes, Sequence[Any]]:
    """The statement as the server reads it, and the values of its parameters in order."""
    if not isinstance(given, Mapping) and Found not in map(type, given):
        return _numbered(sql, ())[0], given
    by_place: dict[Any, Any] = dict(given if isinstance(given, Mapping) else enumerate(given))
    kept = tuple([(place, value.name) for place, value in by_place.items() if type(value) is Found])
    query, order = _numbered(sql, kept)
    return query, [by_place[place] for place in order]


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


def _spoken(
    conn: psycopg.Connection[Any], commands: Sequence[Callable[[], None]], meanwhile: Meanwhile | None
) -> list[pq.abc.PGresult]:
    """Send all, read all: the result of each command. Raises the first error."""
    with conn.lock:
        conn.pgconn.enter_pipeline_mode()
        try:
            for command in commands:
                command()
            # What the line does not take at once lies in libpq's buffer; while the rest is sent, answers are read, or the
            # server would wait for us and we for it.
            conn.wait(generators.send(conn.pgconn))
            trouble = _done(meanwhile)
            found = conn.wait(_answered(conn.pgconn, len(commands)))
        finally:
            if conn.pgconn.status == pq.ConnStatus.OK:
                conn.pgconn.exit_pipeline_mode()
    results = [each[-1] for each in found]
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise error_from_result(result, encoding=conn.info.encoding)
    if trouble is not None:
        raise trouble
    return results


def _done(meanwhile: Meanwhile | None) -> Exception | None:
    """What went wrong is told once the server's answers have been read."""
    try:
        if meanwhile is not None:
            meanwhile()
    except Exception as wrong:
        return wrong
    return None


def _answered(pgconn: pq.abc.PGconn, wanted: int) -> Generator[Any, Any, list[list[pq.abc.PGresult]]]:
    found: list[list[pq.abc.PGresult]] = []
    while len(found) < wanted:
        found.append((yield from generators.fetch_many(pgconn)))
    return found


def _rows(conn: psycopg.Connection[Any], statement: _Prepared, result: pq.abc.PGresult) -> list[Row]:
    if result.status != pq.ExecStatus.TUPLES_OK or not result.ntuples:
        return []
    loading = statement.loading
    if loading is None:
        loading = statement.loading = adapt.Transformer(conn)
        loading.set_pgresult(result)
    else:  # a prepared statement's columns never change
        loading.set_pgresult(result, set_loaders=False)
    return loading.load_rows(0, result.ntuples, tuple)


@lru_cache(maxsize=1024)
def _numbered(sql: str, kept: tuple[tuple[Place, str], ...]) -> tuple[bytes, tuple[Place, ...]]:
    """`%s` and `%(name)s` as `$1`, `$2` …, or as what the server keeps; which parameters these are, in their order."""
    order: list[Place] = []
    places = count()
    found = dict(kept)

    def number(seen: re.Match[str]) -> str:
        if seen.group() == "%%":
            return "%"
        place: Place = seen.group(1) or next(places)
        if place in found:
            return f"current_setting('{found[place]}')"
        if place not in order:
            order.append(place)
        return f"${order.index(place) + 1}"

    return _PLACE.sub(number, sql).encode(), tuple(order)
