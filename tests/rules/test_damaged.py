"""A rulebook damaged anywhere is answered by findings or still compiles; it never crashes the reader."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from huiguan.rules.compiling import check_source
from huiguan.rules.findings import Finding
from huiguan.rules.reading import read_tree
from tests.rules.writing import book

BOOK = book(
    ("tier_ladder", "rungs: [{tier: low, title: {zh: 低, en: Low}}, {tier: top, title: {zh: 高, en: Top}}]"),
    ("tier_ladder", "promote: [{since: low, to: top, reach: 100.00, months: 6}], returns: withdraw"),
    ("benefit", "rates: {member: {low: 0.95, top: 0.90}}, apply: {member: always}"),
    ("discount", "benefits: [member], quota: {times: 1, per: year}, shown: [card]"),
    ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00"),
    ("expiry", "unit: points, clears: 12-31, takes_until: 11-30"),
    ("segment", "name: s, where: {any: [{tier: [low]}, {count: {of: rights, from: 1}}]}"),
    ("profile", "fields: [{name: name, title: {zh: 姓名, en: Name}}]"),
)
PIECES = st.sampled_from(
    ["", "\n", "\t", ": ", "- ", "? ", "{", "}", "[", "]", "'", '"', "#", "&a", "*a", "!", "|", ">", "---\n",
     "null", "true", "1", "-1", "0", "1.5", "9" * 20, "12-32", "{}", "[[]]", "{a: 1}", "\x00", "\ufeff", "é", "金"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BOOK)), st.integers(0, 12), PIECES), min_size=1, max_size=3))
def test_text_put_in_and_taken_out_anywhere(damage: list[tuple[int, int, str]]) -> None:
    text = BOOK
    for place, length, piece in damage:
        text = text[:place] + piece + text[place + length :]
    findings = check_source(text)
    assert all(isinstance(each, Finding) and each.text.zh and each.text.en for each in findings)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(BOOK.encode())))
def test_bytes_put_in_anywhere(noise: bytes, place: int) -> None:
    raw = BOOK.encode()
    assert isinstance(check_source(raw[:place] + noise + raw[place:]), tuple)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.text(max_size=6)
    | st.sampled_from(["0.95", "12-31"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
PLAIN = read_tree(BOOK.encode())[0]


def paths(value: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(path for key, each in inner for path in paths(each, (*here, key)))][0 if here else 1 :]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_value_in_any_place(data: st.DataObject) -> None:
    assert PLAIN is not None
    whole = PLAIN.plain()
    path = data.draw(st.sampled_from(paths(whole)))
    parent = whole
    for part in path[:-1]:
        parent = parent[part]
    parent[path[-1]] = data.draw(VALUES)
    assert isinstance(check_source(json.dumps(whole)), tuple)
