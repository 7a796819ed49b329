"""`huiguan bench checkout`, small: it loads, runs over real HTTP beside pgbench, proves the books and says the figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_a_small_bench_prints_one_object_for_each_count_of_connections(tmp_path: Path) -> None:
    arguments = ["bench", "checkout", "--members", "2000", "--seconds", "1", "--connections", "1,4", "--json"]
    answer = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert answer.returncode == 0, answer.stderr
    measured = json.loads(answer.stdout)
    assert [each["connections"] for each in measured] == [1, 4]
    for each in measured:
        assert set(each) == {
            "connections", "requests_per_second", "p50_ms", "p99_ms", "limit_per_second", "ratio",
        }  # fmt: skip
        assert each["requests_per_second"] > 0
        assert 0 < each["p50_ms"] <= each["p99_ms"]
        assert abs(each["ratio"] - each["requests_per_second"] / each["limit_per_second"]) < 0.01
    assert not list(tmp_path.iterdir())
