"""Example files: documents, lists, what a file's examples share, exact money, and faults with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rehearsal.reading import read_examples
from huiguan.rehearsal.values import UNSAID, Doer, Example, Fault

ONE = """\
rulebook: designer-wear
clause: B55-13
says: 满百积分
given: {shops: [S1], products: {COAT: 1000.00}}
by: {post: clerk, shop: S1}
steps:
  - {at: 2026-03-02 10:00, do: commit_sale, as: sale, with: {lines: [{sku: COAT}]}, expect: {paid: 1000.00}}
  - {ask: balances, with: {member: $li}, refused: NotFound, because: B55-01, field: member}
"""


def read(tmp_path: Path, text: str) -> list[Example | Fault]:
    path = tmp_path / "examples.yaml"
    path.write_text(text, encoding="utf-8")
    return read_examples(path, "examples.yaml")


def example(tmp_path: Path, text: str) -> Example:
    (found,) = read(tmp_path, text)
    assert isinstance(found, Example), found
    return found


def fault(tmp_path: Path, text: str) -> tuple[int, str]:
    found = [each for each in read(tmp_path, text) if isinstance(each, Fault)]
    assert len(found) == 1
    return found[0].line, found[0].text.en


def test_an_example_with_its_steps_and_their_lines(tmp_path: Path) -> None:
    told = example(tmp_path, ONE)
    assert (told.rulebook, told.clause, told.says, told.line) == ("designer-wear", "B55-13", "满百积分", 1)
    assert told.by == Doer(post="clerk", shop="S1")
    first, second = told.steps
    assert (first.line, first.name, first.asks, first.at, first.label) == (
        7,
        "commit_sale",
        False,
        "2026-03-02 10:00",
        "sale",
    )
    assert first.checks.expect == {"paid": "1000.00"}
    assert second.checks.expect is UNSAID
    assert (second.asks, second.checks.refused, second.checks.because, second.checks.field) == (
        True,
        "NotFound",
        ("B55-01",),
        "member",
    )


def test_money_stays_as_written(tmp_path: Path) -> None:
    products = example(tmp_path, ONE).given["products"]
    assert products == {"COAT": "1000.00"}


def test_null_is_something_that_can_be_expected(tmp_path: Path) -> None:
    told = example(tmp_path, ONE.replace("expect: {paid: 1000.00}", "expect: null"))
    assert told.steps[0].checks.expect is None


def test_several_documents_keep_the_lines_of_the_file(tmp_path: Path) -> None:
    first, second = read(tmp_path, f"{ONE}---\n# a remark\n{ONE}")
    assert isinstance(first, Example) and isinstance(second, Example)
    assert (first.steps[0].line, second.steps[0].line) == (7, 17)


def test_a_list_of_examples(tmp_path: Path) -> None:
    listed = "".join(f"- {line}" if i == 0 else f"  {line}" for i, line in enumerate(ONE.splitlines(keepends=True)))
    found = read(tmp_path, listed * 2)
    assert [each.clause for each in found if isinstance(each, Example)] == ["B55-13", "B55-13"]


def test_what_a_file_shares_is_in_every_example_after_it(tmp_path: Path) -> None:
    shared = "rulebook: designer-wear\ngiven: {shops: [S9], products: {HAT: 1.00}}\nby: {post: owner}\n"
    own = "clause: B55-13\nsays: x\ngiven: {shops: [S1]}\nsteps:\n  - {at: 2026-03-02 10:00, ask: prove}\n"
    told = example(tmp_path, f"{shared}---\n{own}")
    assert told.rulebook == "designer-wear"
    assert told.by == Doer(post="owner")
    assert told.given == {"shops": ["S1"], "products": {"HAT": "1.00"}}


def test_remarks_and_empty_documents_are_passed_over(tmp_path: Path) -> None:
    assert len(read(tmp_path, f"# about this file\n---\n{ONE}---\n# nothing\n---\n")) == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (ONE.replace("says:", "sais:"), 3, "There is no sais. Did you mean says?"),
        (ONE.replace("expect:", "expects:"), 7, "There is no expects. Did you mean expect?"),
        (ONE.replace("as: sale", "as: Sale!"), 7, "as has the wrong form."),
        (ONE.replace("do: commit_sale, ", ""), 7, "A step takes either do or ask."),
        (ONE.replace("do: commit_sale", "do: commit_sale, ask: quote"), 7, "A step takes either do or ask."),
        (ONE.replace("refused: NotFound, because: B55-01, ", ""), 8, "field goes with refused."),
        (ONE.replace("rulebook: designer-wear\n", ""), 1, "No rulebook is named."),
        (ONE.split("steps:")[0] + "steps: []\n", 6, "steps takes at least 1."),
        ("clause: B55-13\n", 1, "says is required."),
        (ONE.replace("ask: balances", "ask: balances, times: 0"), 8, "times must not be below 1."),
        ("clause: [", 1, "This is not YAML: expected the node content"),
        ("just words\n", 1, "A mapping (key: value) belongs here."),
        ("clause: B55-13\nclause: B55-14\n", 2, "clause is written twice (first in line 1)."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found_line, found = fault(tmp_path, text)
    assert found_line == line
    assert found.startswith(says[:40])


def test_one_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    found = read(tmp_path, ONE + "---\n" + ONE.replace("says:", "sais:") + "---\n" + ONE)
    assert [type(each) for each in found] == [Example, Fault, Example]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (told,) = read_examples(tmp_path / "nowhere.yaml")
    assert isinstance(told, Fault)
    assert "cannot be read" in told.text.en
