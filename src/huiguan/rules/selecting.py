"""A condition as SQL: a fragment with its parameters, for rooms to put into a WHERE.

The rooms that own the facts hand in a `ColumnReader`: an SQL expression for each fact, NULL where it is missing. Every
comparison is closed with COALESCE(…, false), so SQL's third truth value never escapes and `NOT` means what it means in
Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huiguan.rules.conditions import All, AnyOf, Compare, Condition, Count, Not

_SIGNS = {"is": "=", "from": ">=", "to": "<=", "over": ">", "under": "<"}
_ARRAYS = {"word": "text[]", "whole": "bigint[]"}
_TYPES = {"word": "text", "truth": "boolean", "whole": "bigint", "money": "bigint", "day": "date"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """SQL with `%s` placeholders and what fills them, in order. A literal % in `sql` is written %%."""

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio fact as two columns. It is missing where either is NULL or `bottom` is not above 0."""

    top: Fragment
    bottom: Fragment


@dataclass(frozen=True, slots=True)
class Rows:
    """A relation: what follows FROM, with the join to the outer row in its WHERE, and the columns of its rows."""

    source: Fragment
    columns: Mapping[str, Fragment]


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """The SQL reader of facts: fact -> column (of the type text, boolean, bigint or date, or a Ratio of two bigints),
    relation -> its rows. A fact the reader does not have is a KeyError."""

    columns: Mapping[str, Fragment | Ratio]
    relations: Mapping[str, Rows] = field(default_factory=dict)


def where(what: Condition, reader: ColumnReader) -> Fragment:
    """`what` as a boolean SQL expression that is never NULL."""
    match what:
        case Compare():
            return _compare(what, reader.columns[what.fact.name])
        case All(parts=parts):
            return _joined(" AND ", parts, reader)
        case AnyOf(parts=parts):
            return _joined(" OR ", parts, reader)
        case Not(part=part):
            inner = where(part, reader)
            return Fragment(f"(NOT {inner.sql})", inner.parameters)
        case Count():
            return _count(what, reader.relations[what.relation.name])


def _joined(word: str, parts: tuple[Condition, ...], reader: ColumnReader) -> Fragment:
    each = [where(part, reader) for part in parts]
    return Fragment(
        f"({word.join(part.sql for part in each)})", tuple(value for part in each for value in part.parameters)
    )


def _compare(what: Compare, column: Fragment | Ratio) -> Fragment:
    if isinstance(column, Ratio):
        return _ratio(what, column)
    if what.operator == "missing":
        return Fragment(f"(({column.sql}) IS {'' if what.value else 'NOT '}NULL)", column.parameters)
    if what.operator in ("in", "not_in"):
        # <> ALL of an empty list is true even of NULL, so what is missing is asked for by itself.
        test = "= ANY" if what.operator == "in" else "<> ALL"
        sql = f"(({column.sql}) IS NOT NULL AND ({column.sql}) {test} (%s::{_ARRAYS[what.fact.type]}))"
        return Fragment(sql, (*column.parameters, *column.parameters, list(what.value)))
    test = f"({column.sql}) {_SIGNS[what.operator]} %s::{_TYPES[what.fact.type]}"
    return Fragment(f"COALESCE({test}, false)", (*column.parameters, what.value))


def _ratio(what: Compare, column: Ratio) -> Fragment:
    """Compared by cross product, so that nothing is ever divided."""
    top, bottom = column.top, column.bottom
    known = f"(({top.sql}) IS NOT NULL AND COALESCE(({bottom.sql}) > 0, false))"
    both = (*top.parameters, *bottom.parameters)
    if what.operator == "missing":
        return Fragment(f"(NOT {known})" if what.value else known, both)
    rate: Fraction = what.value
    test = f"({top.sql})::numeric * %s::numeric {_SIGNS[what.operator]} ({bottom.sql})::numeric * %s::numeric"
    values = (*both, *top.parameters, rate.denominator, *bottom.parameters, rate.numerator)
    return Fragment(f"({known} AND COALESCE({test}, false))", values)


def _count(what: Count, rows: Rows) -> Fragment:
    inner = where(what.where, ColumnReader(rows.columns)) if what.where is not None else Fragment("true")
    number = f"(SELECT count(*) FROM {rows.source.sql} AND {inner.sql})"
    values = (*rows.source.parameters, *inner.parameters)
    tests = [f"{number} {_SIGNS[bound]} %s::bigint" for bound, _ in what.bounds]
    return Fragment(f"({' AND '.join(tests)})", tuple(v for _, limit in what.bounds for v in (*values, limit)))
