"""`huiguan clauses` and `huiguan where`, from an empty folder with no server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.here import Run, run

__all__ = ["run"]

HUIGUAN = Path(sys.executable).parent / "huiguan"


def test_every_clause_is_listed_for_programs(tmp_path: Path) -> None:
    told = subprocess.run(
        [str(HUIGUAN), "clauses", "--json"], cwd=tmp_path, env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    listed = json.loads(told.stdout)
    own = [each for each in listed if each["rulebook"] == "designer-wear"]
    assert [each["id"] for each in own] == [f"B55-{n:02d}" for n in range(1, 51)]
    keys = {"id", "rulebook", "kind", "text", "source", "examples", "waits_for"}
    assert all(keys <= set(each) for each in own)
    assert list(tmp_path.iterdir()) == []


def test_every_clause_is_listed_for_people(run: Run) -> None:
    lines = run("clauses", language="zh_CN.UTF-8")[1].splitlines()
    assert lines[0].split() == ["条款", "编号", "标题", "类型", "现状", "例子"]
    assert any(line.split()[:5] == ["B55-09", "(三)5", "生日消费登记", "statement", "等待"] for line in lines)


def test_the_coverage_page_is_written(run: Run, tmp_path: Path) -> None:
    assert run("clauses", "--coverage", "page.md")[0] == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8").startswith("# Coverage 条款一览\n")


def test_a_clause_is_found_with_its_module_test_and_page(run: Run) -> None:
    told = run("where", "b55-14")[1]
    assert told.startswith("B55-14  Clause (4)1  Year-end clearing\n")
    for part in ("src/huiguan/rules/kinds/expiry.py", "tests/rules/kinds/test_expiry.py", "docs/kinds/expiry.md"):
        assert part in told
    places = json.loads(run("where", "B55-31", "--json")[1])["places"]
    assert places["proof"] == "tests/assurances/test_profile_faults_listed.py"


def test_an_unknown_clause_is_refused_with_its_neighbour(run: Run) -> None:
    code, _, told = run("where", "B55-99")
    assert code == 1 and told.startswith("✗ No shipped rulebook has a clause B55-99. Did you mean B55-")
    problem = json.loads(run("where", "X", "--json")[1])
    assert (problem["code"], problem["status"], problem["field"]) == ("ClauseUnknown", 404, "id")
