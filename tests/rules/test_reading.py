"""A rulebook file is read with its lines, without floats, and whatever is wrong with it is answered by a finding."""

from __future__ import annotations

import pytest

from huiguan.rules.reading import read_tree


def read(source: bytes) -> object:
    node, findings = read_tree(source)
    assert findings == []
    assert node is not None
    return node.plain()


def faults(source: bytes) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in read_tree(source)[1]]


def test_only_whole_numbers_truths_and_nothing_are_more_than_text() -> None:
    assert read(b"a: 0.95\nb: 100.00\nc: 7\nd: -3\ne: true\nf: false\ng: null\nh:\ni: ~") == {
        "a": "0.95",
        "b": "100.00",
        "c": 7,
        "d": -3,
        "e": True,
        "f": False,
        "g": None,
        "h": None,
        "i": None,
    }


def test_words_that_other_readers_would_change_stay_text() -> None:
    assert read(b"a: yes\nb: 007\nc: 1e3\nd: 0x10\ne: 12-31\nf: 2026-01-31\ng: 1_000\nh: '1'\ni: .inf\non: no") == {
        "a": "yes",
        "b": "007",
        "c": "1e3",
        "d": "0x10",
        "e": "12-31",
        "f": "2026-01-31",
        "g": "1_000",
        "h": "1",
        "i": ".inf",
        "on": "no",
    }


def test_every_node_knows_its_line() -> None:
    node, _ = read_tree("a:\n  - x\n  - 丙: 1\n    b: 2\n".encode())
    assert node is not None
    assert node.line_at(("a", 0)) == 2
    assert node.line_at(("a", 1, "b")) == 4
    assert node.line_at(("a", 1, "absent")) == 3
    assert node.line_at(("nothing",)) == 1


@pytest.mark.parametrize("sign", ["", "\ue000"])
def test_a_colon_between_digits_is_text_wherever_it_stands(sign: str) -> None:
    source = f"""a: {{at: 2026-03-02 10:00, said: "7:{sign}00"}}\n10:30: '1:2'\nb: |\n  3:4{sign}\n"""
    root, findings = read_tree(source.encode())
    assert not findings
    assert root is not None
    assert root.plain() == {
        "a": {"at": "2026-03-02 10:00", "said": f"7:{sign}00"}, "10:30": "1:2", "b": f"3:4{sign}\n",
    }  # fmt: skip


def test_a_part_of_a_file_counts_the_lines_above_it() -> None:
    root, _ = read_tree(b"a: 1\nb: 2\n", above=40)
    assert root is not None
    assert (root.value["a"].line, root.value["b"].line) == (41, 42)
    assert [finding.line for finding in read_tree(b"a: 1\na: [\n", above=40)[1]] == [42, 43]


def test_a_character_escaped_in_halves_is_one() -> None:
    assert read(b'a: "\\ud83d\\ude00"') == {"a": "\U0001f600"}


def test_a_byte_order_mark_is_not_text() -> None:
    assert read(b"\xef\xbb\xbfa: 1") == {"a": 1}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"", [(0, "empty")]),
        (b"# only a comment\n", [(0, "empty")]),
        (b"a: 1\n\tb: 2", [(2, "tab")]),
        (b"a:\n\t- b", [(2, "tab")]),
        (b"a: [1, 2\nb: 3", [(2, "not_yaml")]),
        (b"a: b: c", [(1, "not_yaml")]),
        (b"a: &x 1\nb: *x", [(1, "alias"), (2, "alias")]),
        (b"a: &x [*x]", [(1, "alias"), (1, "alias")]),
        (b"a: 1\nb: 2\na: 3", [(3, "double_key")]),
        (b"? [1]\n: 2", [(1, "odd_key")]),
        (b"'': 2", [(1, "odd_key")]),
        (b"a: !!python/object:os.system x", [(1, "tag")]),
        (b"a: 1\n---\nb: 2", [(2, "second_document")]),
        (b"a\x00b: 1", [(0, "control_character")]),
        (b'a: 1\nb: "x\\0y"', [(2, "control_character")]),
        (b'a: "\\ud83d"', [(1, "control_character")]),
        ("a: 1\nb: 中".encode("gbk"), [(2, "not_utf8")]),
        ("a: 1".encode("utf-16"), [(1, "not_utf8")]),
        (b"[" * 100_000, [(1, "too_deep")]),
        (b"#" * 1_000_001, [(0, "too_large")]),
    ],
)
def test_wrong_files_are_answered_with_the_line(source: bytes, expected: list[tuple[int, str]]) -> None:
    assert faults(source) == expected


def test_a_bomb_of_aliases_is_never_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    node, findings = read_tree("\n".join(lines).encode())
    assert node is not None
    assert node.plain()["a11"] == [None] * 9
    assert {finding.code for finding in findings} == {"alias"}


def test_a_doubled_key_keeps_the_first_value_and_names_its_line() -> None:
    node, findings = read_tree(b"a: 1\na: [2, 3]\nb: 4")
    assert node is not None
    assert node.plain() == {"a": 1, "b": 4}
    assert findings[0].text.en == "a is written twice (first in line 1)."
    assert findings[0].text.zh == "“a”写了两次（先在第 1 行）。"
