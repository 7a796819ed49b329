"""The shipped rulebooks, their examples, and the lists made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.rules.coverage import page, row, standing
from huiguan.rules.shelf import all_shelved, examples_by_clause, place, shelf, shelved, shipped, source_of

ROOT = Path(__file__).parents[2]


def test_the_designer_wear_rulebook_is_shipped() -> None:
    assert "designer-wear" in shipped()
    assert shelf() == ROOT / "rulebooks"
    assert source_of("designer-wear").startswith(b"# Designer wear")
    with pytest.raises(KeyError):
        source_of("../designer-wear")


def test_a_clause_is_found_in_its_file() -> None:
    lines = source_of("designer-wear").decode().splitlines()
    for each in shelved("designer-wear"):
        assert lines[each.clause.line - 1].strip() == f"- id: {each.clause.id}"
        assert place(each.file) == "rulebooks/designer-wear/rulebook.yaml"


def test_examples_are_counted_by_the_clause_they_name(tmp_path: Path) -> None:
    (tmp_path / "points").mkdir()
    (tmp_path / "points" / "a.yaml").write_text(
        "rulebook: small\nclause: B55-14\nsteps: []\n---\nrulebook: small\nclause: 'B55-14'  # again\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text("- clause: B55-15\n  says: 二\n- says: no clause\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("clause: B55-16\n", encoding="utf-8")
    found = examples_by_clause(tmp_path)
    assert found == {
        "B55-14": [(tmp_path / "points" / "a.yaml", 2), (tmp_path / "points" / "a.yaml", 6)],
        "B55-15": [(tmp_path / "b.yaml", 1)],
    }


def test_every_example_names_a_clause_of_its_rulebook() -> None:
    for name in shipped():
        known = {each.clause.id for each in shelved(name)}
        assert set(examples_by_clause(shelf() / name / "examples")) <= known


def test_a_row_says_what_programs_read() -> None:
    rows = {row(each)["id"]: row(each) for each in all_shelved() if each.programme.name == "designer-wear"}
    assert len(rows) == 50
    first = rows["B55-34"]
    assert {key: first[key] for key in ("id", "rulebook", "kind", "source", "waits_for", "missing")} == {
        "id": "B55-34",
        "rulebook": "designer-wear",
        "kind": "statement",
        "source": "会员管理规定 三(六) 1",
        "waits_for": "care",
        "missing": False,
    }
    assert first["text"].startswith("购物当天")
    assert first["examples"] == 0
    assert rows["B55-14"]["waits_for"] is None


def test_the_standing_of_a_clause_in_a_word() -> None:
    said = {each.clause.id: standing(each).en for each in shelved("designer-wear")}
    assert (said["B55-13"], said["B55-18"], said["B55-24"], said["B55-34"]) == (
        "acts",
        "guarantee",
        "declares",
        "waits for care",
    )


def test_the_coverage_page_is_as_it_would_be_written_now() -> None:
    """Where this fails: huiguan clauses --coverage docs/coverage.md"""
    assert (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8") == page(all_shelved())
