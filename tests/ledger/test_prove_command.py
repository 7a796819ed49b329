"""`huiguan prove`, run as a person would, on the tests' own database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.ledger.scenes import LI, earn, opened

pytestmark = pytest.mark.django_db(transaction=True)


def run(folder: Path, *arguments: str, language: str = "en_GB.UTF-8") -> tuple[int, str]:
    parts = connection.get_connection_params()
    url = make_conninfo(
        **{name: parts[name] for name in ("dbname", "user", "host", "port", "password") if parts.get(name)}
    )
    environment = {**os.environ, "DATABASE_URL": url, "HUIGUAN_DATA": str(folder), "LC_ALL": language}
    answer = subprocess.run(
        [sys.executable, "-m", "huiguan.cli.main", "prove", *arguments],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer.returncode, answer.stdout


def as_json(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, text = run(folder, "--json", *arguments)
    return code, json.loads(text)


def test_sound_books_then_a_planted_fault_at_its_line(tmp_path: Path) -> None:
    opened()
    earn(94, "2026-03-01 10:00", until="2026-12-31 24:00")
    assert run(tmp_path)[0] == 0
    code, proof = as_json(tmp_path, "--at", "2026-12-31")
    assert (code, proof["sound"], proof["at"]) == (0, True, "2026-12-31T23:59:59.999999+08:00")
    assert proof["outstanding"] == [{"programme": 7, "unit": "points", "amount": 94}]
    assert as_json(tmp_path, "--at", "2026-12-31 24:00")[1]["outstanding"] == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_measure SET tallies = '{}'")
        cursor.execute("UPDATE ledger_account SET units = jsonb_set(units, '{points,balance}', '95')")
        cursor.execute("SET session_replication_role = origin")
    code, proof = as_json(tmp_path)
    assert (code, [each["code"] for each in proof["findings"]]) == (1, ["account_out_of_step", "balance_unequal"])
    assert proof["findings"][0]["key"] == [LI]
    code, said = run(tmp_path, language="zh_CN.UTF-8")
    assert code == 1
    assert "ledger_account(382)：账户与流水不符：points.balance。应为 94，实为 95。" in said


def test_a_wrong_date_is_refused_by_name(tmp_path: Path) -> None:
    code, problem = as_json(tmp_path, "--at", "2026-02-30")
    assert (code, problem["code"], problem["field"]) == (1, "InvalidInput", "at")
    code, problem = as_json(tmp_path, "--programme", "nobody")
    assert (code, problem["code"], problem["field"]) == (1, "NotFound", "programme")
