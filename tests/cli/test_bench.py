"""The benchmarks, small: each loads, runs, proves the books and says its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def bench(folder: Path, *arguments: str) -> Any:
    answer = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", "bench", *arguments, "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert answer.returncode == 0, answer.stderr
    assert not list(folder.iterdir())
    return json.loads(answer.stdout)


def test_a_small_bench_prints_one_object_for_each_count_of_connections(tmp_path: Path) -> None:
    measured = bench(tmp_path, "checkout", "--members", "2000", "--seconds", "1", "--connections", "1,4")
    assert [each["connections"] for each in measured] == [1, 4]
    for each in measured:
        assert set(each) == {
            "connections", "requests_per_second", "p50_ms", "p99_ms", "limit_per_second", "ratio",
        }  # fmt: skip
        assert each["requests_per_second"] > 0
        assert 0 < each["p50_ms"] <= each["p99_ms"]
        assert abs(each["ratio"] - each["requests_per_second"] / each["limit_per_second"]) < 0.01


def test_under_a_rulebook_whose_purchases_are_signed_they_are(tmp_path: Path) -> None:
    (measured,) = bench(
        tmp_path, "checkout", "--rulebook", "apparel-cards", "--members", "1000", "--seconds", "1", "--connections", "2"
    )
    assert measured["requests_per_second"] > 0 < measured["limit_per_second"]


def test_a_small_year_end_clears_every_member_once(tmp_path: Path) -> None:
    measured = bench(tmp_path, "year-end", "--members", "6000")
    assert (measured["members"], measured["cleared"]) == (6000, 6000)
    assert measured["cleared_per_second"] > 0 < measured["floor_per_second"]
    assert measured["till_p99_ms_during"] <= measured["till_p99_ms_worst"]


def test_a_small_search_finds_everybody_by_everything(tmp_path: Path) -> None:
    measured = bench(tmp_path, "search", "--members", "2000", "--searches", "5")
    found = {each["kind"]: (each["searches"], each["found"]) for each in measured}
    assert found.pop("duplicates")[0] == 1
    assert found.pop("nobody") == found.pop("bare_trip") == (5, 0)
    assert set(found.values()) == {(5, 5)}
    assert set(found) > {"phone", "phone_tail", "card", "name", "name_fragment", "pinyin", "initials"}


def test_a_small_simulation_judges_every_sale_once(tmp_path: Path) -> None:
    measured = bench(tmp_path, "simulation", "--sales", "1200")
    assert (measured["sales"], measured["members"], measured["movers"]) == (1200, 300, 300)
    assert measured["sales_per_second"] > 0
