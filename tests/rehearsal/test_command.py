"""`huiguan examples` from an empty folder, with no server: what it answers and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from huiguan.programme.values import digest_of
from huiguan.rehearsal.proving import RehearsalFailed, prove_source, rehearsed
from huiguan.rehearsal.variants import changed
from huiguan.rules.shelf import source_of

HEAD = "rulebook: designer-wear\ngiven: {products: {COAT: 1000.00}, members: {li: {}}}\nby: {post: clerk, shop: S1}\n"
GOOD = (
    "---\nclause: B55-13\nsays: 满百得二分\nsteps:\n"
    "  - {at: 2026-03-02 10:00, do: commit_sale, with: {member: $li, lines: [{sku: COAT}]}, expect: {earned: {points: 20}}}\n"
)
BAD = GOOD.replace("points: 20", "points: 21").replace("满百得二分", "不是这样")
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in `folder`, with a data folder of its own that nobody else uses."""
    env = {**os.environ, "HUIGUAN_DATA": str(folder / "data"), "LANG": "en_US.UTF-8"}
    env.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", "examples", *words],
        cwd=folder / "mine",
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_all_pass(folder: Path) -> None:
    (folder / "mine" / "a.yaml").write_text(HEAD + GOOD + GOOD, encoding="utf-8")
    ran = run(folder, "a.yaml", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [{"file": "a.yaml", "clause": "B55-13", "passed": True, "message": ""}] * 2


def test_one_fails(folder: Path) -> None:
    (folder / "mine" / "a.yaml").write_text(HEAD + GOOD + BAD, encoding="utf-8")
    ran = run(folder, ".", "--json", "--lang", "zh")
    assert ran.returncode == 1
    good, bad = json.loads(ran.stdout)
    assert (good["passed"], bad["passed"]) == (True, False)
    assert bad["message"] == "第 13 行 commit_sale：earned.points 应为 21，实为 20"


def test_told_to_people(folder: Path) -> None:
    (folder / "mine" / "a.yaml").write_text(HEAD + GOOD + BAD, encoding="utf-8")
    ran = run(folder, "a.yaml")
    assert ran.returncode == 1
    assert "✗ a.yaml:10 B55-13 不是这样" in ran.stdout
    assert "line 13: commit_sale: earned.points should be 21 and is 20" in ran.stdout
    assert "1 of 2 examples fail." in ran.stdout


def test_only_one_clause(folder: Path) -> None:
    (folder / "mine" / "a.yaml").write_text(HEAD + GOOD + BAD.replace("B55-13", "B55-20"), encoding="utf-8")
    assert run(folder, "a.yaml", "--clause", "B55-13").returncode == 0
    assert run(folder, "a.yaml", "--clause", "B55-20").returncode == 1


def test_nothing_to_run(folder: Path) -> None:
    ran = run(folder, ".", "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["code"] == "NoExamples"
    assert run(folder, "nowhere.yaml").returncode == 2


def test_a_draft_is_proved_by_its_examples(folder: Path) -> None:
    examples = folder / "mine" / "a.yaml"
    examples.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    source = source_of("designer-wear").decode()
    proof = prove_source(source, examples, at=AT)
    assert (proof.digest, proof.examples, proof.passed, proof.at) == (digest_of(source), 2, 1, AT)
    # 3 points for every hundred make 30 of 1,000: neither example holds any more.
    draft = changed(source, {"B55-13": {"give": 3}})
    assert prove_source(draft, examples, at=AT).passed == 0


def test_results_for_showing(folder: Path) -> None:
    examples = folder / "mine" / "a.yaml"
    examples.write_text(HEAD + BAD, encoding="utf-8")
    (told,) = rehearsed([examples])
    assert (told.line, told.clause, told.says, told.passed) == (5, "B55-13", "不是这样", False)
    assert told.message.zh == "第 8 行 commit_sale：earned.points 应为 21，实为 20"
    with pytest.raises(RehearsalFailed):
        rehearsed([folder / "nowhere"])
