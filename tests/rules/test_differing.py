"""What two sources of a rulebook differ in."""

from __future__ import annotations

import pytest

from huiguan.rules.differing import ADDED, CHANGED, REMOVED, Change, ClauseChange, Difference, Line, difference, lines
from huiguan.rules.shelf import shipped, source_of
from tests.rules.writing import HEAD, book, clause

EARN = ("earn", "unit: points, per: 100.00, give: 2, group: sale")
BASE = book(EARN, ("statement", ""), ("scope", "shops: [S1, S2]"))


def test_the_same_source_differs_in_nothing() -> None:
    assert difference(BASE, BASE) == Difference()
    assert difference(BASE, BASE).none
    assert lines(BASE, BASE) == ()
    assert all(difference(text, text).none for text in (source_of(name).decode() for name in shipped()))


def test_a_figure_that_changed_is_told_with_both_values() -> None:
    found = difference(BASE, BASE.replace("give: 2", "give: 3"))
    assert found.clauses == (ClauseChange("T-01", CHANGED, 6, (Change("give", "2", "3", 6),)),)
    assert found.clauses[0].acts and not found.none


def test_a_text_that_changed_does_nothing() -> None:
    found = difference(BASE, BASE.replace("text: {zh: 正文, en: Text}", "text: {zh: 正文, en: Words}", 1))
    assert found.clauses == (ClauseChange("T-01", CHANGED, 6, (Change("text.en", "Text", "Words", 6),)),)
    assert not found.clauses[0].acts


def test_keys_come_and_go() -> None:
    changed = BASE.replace("give: 2, group: sale", "give: 2, worth: 0.10")
    assert difference(BASE, changed).clauses[0].changes == (
        Change("group", "sale", None, 6),
        Change("worth", None, "0.10", 6),
    )


def test_clauses_come_and_go() -> None:
    before, after = book(EARN, ("statement", "")), HEAD + clause(1, *EARN) + clause(3, "statement")
    assert difference(before, after).clauses == (ClauseChange("T-03", ADDED, 7), ClauseChange("T-02", REMOVED, 7))


def test_a_list_of_words_is_one_value_and_one_of_records_is_many() -> None:
    found = difference(BASE, BASE.replace("[S1, S2]", "[S1, S2, S3]"))
    assert found.clauses[0].changes == (Change("shops", "[S1, S2]", "[S1, S2, S3]", 8),)
    rungs = "rungs: [{name: a, title: {zh: 甲, en: A}}, {name: b, title: {zh: 乙, en: B}}]"
    ladder = book(("tier_ladder", rungs))
    renamed = difference(ladder, ladder.replace("en: B}", "en: Best}"))
    assert renamed.clauses[0].changes == (Change("rungs.2.title.en", "B", "Best", 6),)
    shorter = difference(ladder, ladder.replace(", {name: b, title: {zh: 乙, en: B}}", ""))
    gone = "{name: b, title: {zh: 乙, en: B}}"
    assert shorter.clauses[0].changes == (Change("rungs.2", gone, None, 6),)


def test_what_only_moved_is_told_as_moved() -> None:
    one, two, three = clause(1, *EARN), clause(2, "statement"), clause(3, "statement")
    assert difference(HEAD + one + two + three, HEAD + two + three + one) == Difference(moved=("T-01",))


def test_comments_and_layout_only() -> None:
    found = difference(BASE, BASE.replace("clauses:", "# New since spring.\nclauses:"))
    assert found == Difference(comments=True)
    assert not found.none


def test_the_head_counts() -> None:
    found = difference(BASE, BASE.replace("zone: Asia/Shanghai", "zone: Asia/Urumqi"))
    assert found.head == (Change("zone", "Asia/Shanghai", "Asia/Urumqi", 3),)


@pytest.mark.parametrize("broken", ["", "a: [", "\t", "[1]", "just words"])
def test_what_cannot_be_read_is_said_to_be_so(broken: str) -> None:
    assert difference(BASE, broken) == Difference(readable=False)
    assert difference(broken, BASE) == Difference(readable=False)
    assert difference(broken, broken).readable


@pytest.mark.parametrize("odd", ["clauses: 3", "clauses: [1, 2]", "clauses: [{kind: earn}, {id: T-01}, {id: T-01}]"])
def test_a_source_that_cannot_be_run_is_compared_all_the_same(odd: str) -> None:
    found = difference(BASE, odd)
    assert found.readable and found.clauses
    assert difference(odd, odd).none


def test_lines_say_where_they_stand() -> None:
    before = "a\nb\nc\nd\ne\nf\ng\nh\n"
    assert lines(before, before.replace("f", "F")) == (
        Line("…", ""),
        Line(" ", "c", 3, 3),
        Line(" ", "d", 4, 4),
        Line(" ", "e", 5, 5),
        Line("-", "f", before=6),
        Line("+", "F", after=6),
        Line(" ", "g", 7, 7),
        Line(" ", "h", 8, 8),
    )
    assert lines("a\n", "a\nb\n")[-1] == Line("+", "b", after=2)


def test_files_without_measure_are_not_compared_line_by_line() -> None:
    """Two texts of 100,000 like lines would be compared for hours."""
    told = lines("\n" * 100_000, "x\n" * 100_001)
    assert (len(told), told[0], told[-1]) == (200_001, Line("-", "", before=1), Line("+", "x", after=100_001))
