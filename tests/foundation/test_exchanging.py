"""One round trip with many statements: every plain value arrives as it was given, in lists too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError
from hypothesis import given, settings
from hypothesis import strategies as st

from huiguan.foundation.statements import Found, Question, ask_together, hot_rows

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=12)
MOMENT = datetime(2026, 12, 31, 23, 59, 59, 999999, UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "顾清和 \\ \" ' { , }"),
        ("bigint", -(2**63)),
        ("boolean", True),
        ("boolean", False),
        ("timestamptz", MOMENT),
        ("date", date(2, 1, 1)),
        ("bytea", b"\x00\xff\\"),
        ("numeric", Decimal("1.50")),  # as psycopg writes it
        ("text", None),
        ("bigint[]", [1, None, -3]),
        ("text[]", ["", "NULL", 'a"b', "a\\b", "{}", "会,员", None]),
        ("timestamptz[]", [MOMENT]),
        ("date[]", [date(2026, 2, 28), None]),
        ("bytea[]", [b"\x00\\"]),
        ("bigint[]", [[1, 2], [3, 4]]),
    ],
)
def test_a_value_arrives_as_it_was_given(kind: str, value: Any) -> None:
    assert hot_rows(f"SELECT %s::{kind}", [value]) == [(value,)]


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), WORDS)), WORDS)
def test_any_words_arrive_as_they_were_given(words: list[str | None], word: str) -> None:
    assert hot_rows("SELECT %s::text[], %s::text", [words, word]) == [(words, word)]


@pytest.mark.parametrize("value", ["a\0b", ["a\0b"]])
def test_no_word_is_cut_off_at_a_nul(value: Any) -> None:
    with pytest.raises(DataError):
        hot_rows("SELECT %s::text[]" if isinstance(value, list) else "SELECT %s::text", [value])


def test_a_later_statement_sees_the_one_before() -> None:
    asked = [
        Question("CREATE TEMP TABLE seen (n int) ON COMMIT DROP", [], list),
        Question("INSERT INTO seen VALUES (%s)", [7], list),
        Question("SELECT n FROM seen", [], list),
    ]
    assert ask_together(asked) == [[], [], [(7,)]]


def test_what_is_larger_than_the_line_holds_arrives_whole() -> None:
    """Statements of megabytes, one behind the other: more than what the connection takes at once, both ways."""
    texts = [letter * 3_000_000 for letter in "会馆里"]
    asked = [Question("SELECT %s::text", [text], lambda rows: rows[0][0]) for text in texts]
    assert ask_together(asked) == texts


def found(keys: list[int]) -> tuple[Question[None], Found]:
    """A statement that finds these keys and keeps them for those behind it."""
    kept = Found("huiguan.seen")

    def read(rows: list[Any]) -> None:
        kept[:] = rows[0][0]

    sql = "SELECT %(keys)s::bigint[], set_config(%(name)s, %(keys)s::bigint[]::text, true)"
    return Question(sql, {"keys": keys, "name": kept.name}, read), kept


def test_a_later_statement_takes_what_the_one_before_it_found() -> None:
    who, kept = found([7, 3])
    by_place = Question("SELECT %s::text || unnest(%s::bigint[])", ["m", kept], lambda rows: [row[0] for row in rows])
    by_name = Question("SELECT %(a)s = ANY(%(kept)s::bigint[])", {"a": 3, "kept": kept}, lambda rows: rows[0][0])
    assert ask_together([who, by_place, by_name])[1:] == [["m7", "m3"], True]
    assert kept == [7, 3]
    again, kept_again = found([])
    by_place = Question("SELECT unnest(%s::bigint[])", [kept_again], list)
    assert ask_together([again, by_place])[1] == []


@pytest.mark.django_db(transaction=True)
def test_what_was_found_is_kept_for_one_exchange() -> None:
    """A till's quotes run outside any transaction: what one member's quote found, the next one's does not know."""
    who, kept = found([7])
    assert ask_together([who, Question("SELECT %s::bigint[]", [kept], lambda rows: rows[0][0])])[1] == [7]
    assert hot_rows("SELECT current_setting('huiguan.seen', true)", []) == [("",)]
