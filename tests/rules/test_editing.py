"""A rulebook's file edited: the edit reads back, and nothing else of the file has moved."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiguan.kernel.refusals import NotFound
from huiguan.rules.compiling import RulebookRefused, compile_rulebook
from huiguan.rules.editing import (
    Edit,
    Insert,
    Move,
    Put,
    Take,
    applied,
    clause_ids,
    clause_in,
    edited,
    head_in,
    head_rewritten,
    rewritten,
    with_clause,
    with_clause_of,
    without_clause,
)  # fmt: skip
from huiguan.rules.reading import read_tree
from huiguan.rules.shelf import shipped, source_of

DESIGNER = source_of("designer-wear").decode()


def diff(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came, where all around them is the same."""
    old, new = before.splitlines(), after.splitlines()
    top = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - top and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[top : len(old) - end], new[top : len(new) - end]


def test_a_figure_changes_its_own_line_alone() -> None:
    after = edited(DESIGNER, "B55-13", [Put(("give",), 3)])
    assert diff(DESIGNER, after) == (["    give: 2"], ["    give: 3"])
    assert compile_rulebook(after).clauses["B55-13"].parameters.give == 3  # type: ignore[attr-defined]


def test_a_figure_within_brackets() -> None:
    after = edited(DESIGNER, "B55-03", [Put(("promote", 0, "reach"), "12000.00")])
    assert diff(DESIGNER, after) == (
        ["      - {since: points_card, to: diamond_card, measure: spend, reach: 10000.00, months: 6}"],
        ["      - {since: points_card, to: diamond_card, measure: spend, reach: 12000.00, months: 6}"],
    )


def test_an_optional_parameter_is_set_and_taken_away() -> None:
    after = edited(DESIGNER, "B55-13", [Put(("tier",), "points_card")])
    assert diff(DESIGNER, after) == ([], ["    tier: points_card"])
    assert edited(after, "B55-13", [Take(("tier",))]) == DESIGNER


def test_rows_come_go_and_move() -> None:
    row = {"tier": "gold_card", "title": {"zh": "金卡会员", "en": "Gold card"}}
    after = edited(DESIGNER, "B55-02", [Insert(("rungs",), 1, row)])
    assert diff(DESIGNER, after) == ([], ["      - {tier: gold_card, title: {zh: 金卡会员, en: Gold card}}"])
    assert edited(after, "B55-02", [Take(("rungs", 1))]) == DESIGNER
    moved = edited(after, "B55-02", [Move(("rungs",), 2, 1)])
    went, came = diff(after, moved)
    assert sorted(went) == sorted(came) and [each["tier"] for each in clause_in(moved, "B55-02")["rungs"]] == [
        "points_card", "diamond_card", "gold_card",
    ]  # fmt: skip


def test_a_list_in_brackets_keeps_what_stays() -> None:
    source = DESIGNER.replace("months: [6, 12]", "months: [ 6,  12 ]  # twice")
    after = edited(source, "B55-19", [Insert(("months",), 1, 9)])
    assert "months: [ 6, 9, 12 ]  # twice" in after
    assert "months: [ 6 ]  # twice" in edited(source, "B55-19", [Take(("months", 1))])
    assert "months: []  # twice" in edited(source, "B55-19", [Put(("months",), [])])


def test_texts_keep_their_quotes_and_get_them_where_they_must() -> None:
    source = DESIGNER.replace(
        "    source: 会员管理规定 三(四) 1\n    unit: points\n    per",
        '    source: "三(四) 1"\n    unit: points\n    per',
    )
    after = edited(source, "B55-13", [Put(("source",), "四: 1 # x")])
    assert '    source: "四: 1 # x"\n' in after
    for text in (
        "yes: no",
        "# no",
        "- a",
        "12",
        "true",
        "a\nb",
        "'",
        '"',
        "{",
        "[x",
        "a: b",
        "",
        "~",
        "&a",
        "*a",
        "!t",
        "𠮷 野",
    ):
        made = edited(source, "B55-13", [Put(("title", "zh"), text), Put(("text", "en"), text)])
        assert clause_in(made, "B55-13")["title"]["zh"] == text
        assert clause_in(made, "B55-13")["text"]["en"] == text


def test_a_row_in_lines_loses_its_first_word_and_its_last() -> None:
    source = "clauses:\n  - id: T-1\n    rows:\n      - a: 1\n        b: 2  # two\n      - a: 3\n"
    assert edited(source, "T-1", [Take(("rows", 0, "a"))]).splitlines()[3] == "      - b: 2  # two"
    assert edited(source, "T-1", [Take(("rows", 0, "b"))]).splitlines()[3:] == ["      - a: 1", "      - a: 3"]
    assert clause_in(edited(source, "T-1", [Put(("rows",), "none")]), "T-1") == {"id": "T-1", "rows": "none"}
    assert clause_in(edited(source, "T-1", [Put(("rows",), [])]), "T-1") == {"id": "T-1", "rows": []}
    assert clause_in(edited(source, "T-1", [Insert(("rows",), 0, {"a": 0})]), "T-1")["rows"][0] == {"a": 0}


def test_a_file_without_a_last_line_end_and_with_windows_ones() -> None:
    bare = "clauses:\n  - id: T-1\n    kind: earn"
    assert edited(bare, "T-1", [Put(("give",), 2)]) == bare + "\n    give: 2"
    windows = "clauses:\r\n  - id: T-1\r\n    kind: earn\r\n"
    assert edited(windows, "T-1", [Put(("give",), 2)]) == windows + "    give: 2\r\n"
    marked = "\ufeff" + bare
    assert edited(marked, "T-1", [Put(("kind",), "grant")]) == marked.replace("earn", "grant")


def test_an_empty_value_is_filled() -> None:
    source = "clauses:\n  - id: T-1\n    per:\n    give: 2\n"
    assert edited(source, "T-1", [Put(("per",), "1.00")]) == source.replace("per:", "per: 1.00")


def test_a_clause_goes_and_comes_back() -> None:
    for clause in clause_ids(DESIGNER)[::7]:
        gone = without_clause(DESIGNER, clause)
        assert clause not in clause_ids(gone)
        assert clause_ids(with_clause_of(gone, DESIGNER, clause)) == clause_ids(DESIGNER)


def test_a_new_clause_stands_behind_another() -> None:
    plain = {**clause_in(DESIGNER, "B55-13"), "id": "B55-99"}
    made = with_clause(DESIGNER, plain, "B55-13")
    assert diff(DESIGNER, made)[0] == [] and clause_in(made, "B55-99") == plain
    ids = clause_ids(made)
    assert ids[ids.index("B55-13") + 1] == "B55-99"


def test_the_head() -> None:
    after = head_rewritten(DESIGNER, {"rulebook": "danning", "title": {"zh": "澹宁会员章程", "en": "Danning"}})
    assert diff(DESIGNER, after) == (
        ["rulebook: designer-wear", "title: {zh: 设计师女装会员章程, en: Designer Wear Membership}"],
        ["rulebook: danning", "title: {zh: 澹宁会员章程, en: Danning}"],
    )
    assert head_in(after)["rulebook"] == "danning"


def test_what_cannot_be_edited_is_refused() -> None:
    with pytest.raises(NotFound):
        edited(DESIGNER, "B55-99", [])
    for broken in ("", "a: &x 1\nb: *x\n", "- a\n- b\n", "a: [", "a: 1\na: 2\n"):
        with pytest.raises(RulebookRefused):
            clause_in(broken, "T-1")


CLAUSES = [(name, clause) for name in shipped() for clause in clause_ids(source_of(name).decode())]


@pytest.mark.parametrize("name", shipped())
def test_every_clause_written_as_it_is_leaves_the_file_as_it_is(name: str) -> None:
    source = source_of(name).decode()
    for plain in clauses_of(source):
        assert rewritten(source, plain["id"], plain) == source


def clauses_of(source: str) -> list[dict[str, Any]]:
    root, findings = read_tree(source.encode())
    assert root is not None and not findings
    listed: list[dict[str, Any]] = root.plain()["clauses"]
    return listed


WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FA1F, exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=12
)
VALUES = st.one_of(
    st.integers(0, 10**12), st.booleans(), WORDS, st.lists(st.integers(1, 12), max_size=4),
    st.lists(st.dictionaries(st.sampled_from("abc"), WORDS, min_size=1), max_size=3),
)  # fmt: skip


def leaves(plain: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [way, *(path for key, value in inner for path in leaves(value, (*way, key)))]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_edit_reads_back_and_touches_no_other_clause(data: st.DataObject) -> None:
    name, clause = data.draw(st.sampled_from(CLAUSES))
    source = source_of(name).decode()
    plain = clause_in(source, clause)
    path = data.draw(st.sampled_from([each for each in leaves(plain) if each and each[0] != "id"]))
    elsewhere = (*path[:-1], "new") if isinstance(path[-1], str) else path
    put = data.draw(st.sampled_from([path, elsewhere]))
    edits: list[Edit] = [Put(put, data.draw(VALUES)) if data.draw(st.booleans()) else Take(path)]
    wanted = applied(plain, edits)
    after = edited(source, clause, edits)
    assert clause_in(after, clause) == wanted
    went, came = diff(source, after)
    lines = source.splitlines()
    first = next(i for i, line in enumerate(lines) if line.split() == ["-", "id:", clause])
    last = next((i for i in range(first + 1, len(lines)) if lines[i].startswith("  - id: ")), len(lines))
    start = next((i for i, (a, b) in enumerate(zip(lines, after.splitlines(), strict=False)) if a != b), first)
    assert first <= start <= last and start + len(went) <= last
    assert len(came) - len(went) == len(after.splitlines()) - len(lines)
    assert [each for each in clauses_of(after) if each["id"] != clause] == [
        each for each in clauses_of(source) if each["id"] != clause
    ]
    comments = [line for line in lines if line.lstrip().startswith("#")]
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == comments
