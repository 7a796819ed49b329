"""Conditions are read from structure and answer the same in Python and in PostgreSQL, missing facts included."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiguan.rules.conditions import All, AnyOf, Compare, Count, Not, condition, facts_named
from huiguan.rules.findings import Fault
from huiguan.rules.holding import holds
from huiguan.rules.selecting import ColumnReader, Fragment, Ratio, Rows, where
from huiguan.rules.vocabulary import FACTS, RELATIONS, Subject, facts_of

STICKY = {"visits_this_quarter": {"from": 1}}


def test_structure_becomes_records() -> None:
    tier, visits = FACTS["tier"], FACTS["visits_this_year"]
    assert condition({"tier": "gold"}) == Compare(tier, "is", "gold")
    assert condition({"tier": ["gold", "top"]}) == Compare(tier, "in", ("gold", "top"))
    assert condition({"tier": {"not_in": ["gold"]}}) == Compare(tier, "not_in", ("gold",))
    assert condition({"tier": "gold", "visits_this_year": {"from": 1, "under": 5}}) == All(
        (Compare(tier, "is", "gold"), Compare(visits, "from", 1), Compare(visits, "under", 5))
    )
    assert condition({"any": [{"tier": "gold"}, {"not": STICKY}]}) == AnyOf(
        (Compare(tier, "is", "gold"), Not(Compare(FACTS["visits_this_quarter"], "from", 1)))
    )
    assert condition({"count": {"of": "rights", "where": {"right_used": False}, "from": 1}}) == Count(
        RELATIONS["rights"], Compare(FACTS["right_used"], "is", False), (("from", 1),)
    )


def test_values_are_read_by_the_fact_s_type() -> None:
    assert condition({"spend_this_year": {"from": "100.50"}}) == Compare(FACTS["spend_this_year"], "from", 10050)
    assert condition({"joined_on": {"to": "2026-01-31"}}) == Compare(FACTS["joined_on"], "to", date(2026, 1, 31))
    assert condition({"price_ratio": {"over": "0.70"}}, "line") == Compare(
        FACTS["price_ratio"], "over", Fraction(7, 10)
    )
    assert condition({"sku": 1001}, "line") == Compare(FACTS["sku"], "is", "1001")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, "a condition names a fact, as in {tier: diamond_card}"),
        ("tier", "a condition names a fact, as in {tier: diamond_card}"),
        ({"teir": "gold"}, "there is no fact teir. Did you mean tier?"),
        ({"category": "coat"}, "there is no fact category."),
        ({"tier": {"from": "gold"}}, "tier takes no from; it takes in, not_in, missing"),
        ({"tier": {}}, "tier is compared with nothing"),
        ({"tier": True}, "must be text"),
        ({"tier": {"in": "gold"}}, "in takes a list"),
        ({"visits_this_year": {"from": "1"}}, "must be a whole number"),
        ({"visits_this_year": {"from": True}}, "must be a whole number"),
        ({"spend_this_year": {"from": "1.005"}}, "money has at most two decimals"),
        ({"joined_on": {"from": "2026-02-30"}}, "no day 2026-02-30; write 2026-01-31"),
        ({"profile_complete": 1}, "must be true or false"),
        ({"any": []}, "any takes a list of conditions"),
        ({"all": {"tier": "gold"}}, "all takes a list of conditions"),
        ({"count": {"of": "cards", "from": 1}}, "count takes of: one of rights"),
        ({"count": {"of": "rights"}}, "count has of, where and at least one of from, to, over, under"),
        (
            {"count": {"of": "rights", "from": 1, "per": 2}},
            "count has of, where and at least one of from, to, over, under",
        ),
        (
            {"count": {"of": "rights", "from": 1, "where": {"count": {"of": "rights", "from": 1}}}},
            "a count cannot hold another count",
        ),
    ],
)
def test_what_cannot_be_read_is_told(raw: Any, said: str) -> None:
    with pytest.raises(Fault) as fault:
        condition(raw)
    assert fault.value.text.en == said


def test_a_missing_fact_fulfils_no_comparison_and_not_turns_that_round() -> None:
    nothing: dict[str, Any] = {}
    assert not holds(condition({"tier": "gold"}), nothing)
    assert not holds(condition({"tier": {"not_in": ["gold"]}}), nothing)
    assert holds(condition({"not": {"tier": "gold"}}), nothing)
    assert holds(condition({"tier": {"missing": True}}), nothing)
    assert not holds(condition({"tier": {"missing": False}}), {"tier": None})
    assert holds(condition({"tier": {"missing": False}}), {"tier": "gold"})


def test_bounds_take_or_leave_their_end() -> None:
    for operator, expected in {"from": [0, 1, 1], "to": [1, 1, 0], "over": [0, 0, 1], "under": [1, 0, 0]}.items():
        what = condition({"visits_this_year": {operator: 5}})
        assert [int(holds(what, {"visits_this_year": n})) for n in (4, 5, 6)] == expected, operator


def test_the_facts_a_condition_names() -> None:
    raw = {
        "all": [STICKY, {"not": {"tier": "gold"}}, {"count": {"of": "rights", "where": {"right_used": True}, "to": 0}}]
    }
    assert facts_named(condition(raw)) == {"visits_this_quarter", "tier", "rights", "right_used"}


# ── the same in Python and in SQL ──

_WORDS = st.sampled_from(["gold", "top", "O'Neil", "100%", "金卡", "x" * 40])
_WHOLE = st.integers(-3, 6)
_MONEY = st.integers(-300, 600)
_DAYS = st.dates(date(2025, 12, 30), date(2026, 1, 3))
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "word": _WORDS,
    "truth": st.booleans(),
    "whole": _WHOLE,
    "money": _MONEY,
    "day": _DAYS,
}
_COLUMN = {"word": "text", "truth": "boolean", "whole": "bigint", "money": "bigint", "day": "date"}
_RIGHT = [name for name, fact in facts_of("right").items() if fact.type != "ratio"]
_MEMBER = [name for name, fact in facts_of("member").items() if fact.type != "ratio"]
_LINE = [name for name, fact in facts_of("line").items() if fact.type != "ratio"]


def _row(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.none() | _VALUES[FACTS[name].type] for name in names})


def _comparison(name: str) -> st.SearchStrategy[Compare]:
    fact = FACTS[name]
    missing = st.booleans().map(lambda said: Compare(fact, "missing", said))
    if fact.type == "ratio":
        rates = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(7, 10), Fraction(1), Fraction(5, 3)])
        return missing | st.builds(
            Compare, st.just(fact), st.sampled_from(["from", "to", "over", "under", "is"]), rates
        )
    values = _VALUES[fact.type]
    each = missing | values.map(lambda value: Compare(fact, "is", value))
    if fact.type in ("word", "whole"):
        lists = st.lists(values, max_size=3).map(tuple)
        each |= st.builds(Compare, st.just(fact), st.sampled_from(["in", "not_in"]), lists)
    if fact.type not in ("word", "truth"):
        each |= st.builds(Compare, st.just(fact), st.sampled_from(["from", "to", "over", "under"]), values)
    return each


def _tree(subject: Subject) -> st.SearchStrategy[Any]:
    leaves = st.sampled_from(sorted(facts_of(subject))).flatmap(_comparison)
    if subject == "member":
        bound = st.tuples(st.sampled_from(["from", "to", "over", "under"]), st.integers(0, 3))
        counts = st.builds(
            Count,
            st.just(RELATIONS["rights"]),
            st.none() | _tree("right"),
            st.lists(bound, min_size=1, max_size=2).map(tuple),
        )
        leaves = leaves | counts
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
            | inner.map(Not)
        ),
        max_leaves=6,
    )


def _columns(table: str, names: list[str]) -> dict[str, Fragment | Ratio]:
    return {name: Fragment(f"{table}.{name}") for name in names}


def _table(name: str, columns: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} ({', '.join(f'{c} {t}' for c, t in columns.items())})")


def _fill(table: str, rows: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        for row in rows:
            marks = ", ".join(["%s"] * len(row))
            cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _selected(table: str, what: Any, reader: ColumnReader) -> list[bool]:
    fragment = where(what, reader)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {fragment.sql} FROM {table} ORDER BY id", list(fragment.parameters))
        return [answer for (answer,) in cursor.fetchall()]


@pytest.fixture
def tables(db: None) -> None:
    _table("a_member", {"id": "bigint", **{name: _COLUMN[FACTS[name].type] for name in _MEMBER}})
    _table("a_right", {"member_id": "bigint", **{name: _COLUMN[FACTS[name].type] for name in _RIGHT}})
    _table("a_line", {"id": "bigint", **{name: _COLUMN[FACTS[name].type] for name in _LINE}})


_PROPERTY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_MEMBERS = ColumnReader(
    columns=_columns("a_member", _MEMBER),
    relations={
        "rights": Rows(
            Fragment("a_right WHERE a_right.member_id = a_member.id"),
            {name: Fragment(f"a_right.{name}") for name in _RIGHT},
        )
    },
)
_LINES = ColumnReader(
    columns={
        **_columns("a_line", _LINE),
        "price_ratio": Ratio(Fragment("a_line.price"), Fragment("a_line.list_price")),
    }
)


@pytest.mark.usefixtures("tables")
@_PROPERTY
@given(what=_tree("member"), rows=st.lists(st.tuples(_row(_MEMBER), st.lists(_row(_RIGHT), max_size=3)), max_size=4))
def test_python_and_sql_select_the_same_members(
    what: Any, rows: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> None:
    _fill("a_member", [{"id": n, **row} for n, (row, _) in enumerate(rows)])
    _fill("a_right", [{"member_id": n, **right} for n, (_, rights) in enumerate(rows) for right in rights])
    expected = [holds(what, {**row, "rights": rights}) for row, rights in rows]
    assert _selected("a_member", what, _MEMBERS) == expected


@pytest.mark.usefixtures("tables")
@_PROPERTY
@given(what=_tree("line"), rows=st.lists(_row(_LINE), min_size=1, max_size=4))
def test_python_and_sql_select_the_same_lines(what: Any, rows: list[dict[str, Any]]) -> None:
    _fill("a_line", [{"id": n, **row} for n, row in enumerate(rows)])
    assert _selected("a_line", what, _LINES) == [holds(what, {**row, "price_ratio": _ratio(row)}) for row in rows]


def _ratio(row: dict[str, Any]) -> Fraction | None:
    top, bottom = row["price"], row["list_price"]
    return None if top is None or bottom is None or bottom <= 0 else Fraction(top, bottom)
