"""`huiguan prove`, as a person would run it, on the tests' own database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from huiguan.foundation.performing import write_audit
from huiguan.kernel.actors import system
from tests.cli.here import Run, own_database, run
from tests.ledger.scenes import LI, earn, opened

__all__ = ["run"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def our_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", own_database())


def as_json(run: Run, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, text, _ = run("prove", "--json", *arguments)
    return code, json.loads(text)


def test_sound_books_then_a_planted_fault_at_its_line(run: Run) -> None:
    opened()
    earn(94, "2026-03-01 10:00", until="2026-12-31 24:00")
    assert run("prove")[0] == 0
    code, proof = as_json(run, "--at", "2026-12-31")
    assert (code, proof["sound"], proof["at"]) == (0, True, "2026-12-31T23:59:59.999999+08:00")
    assert proof["outstanding"] == [{"programme": 7, "unit": "points", "amount": 94}]
    assert as_json(run, "--at", "2026-12-31 24:00")[1]["outstanding"] == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_measure SET tallies = '{}'")
        cursor.execute("UPDATE ledger_account SET units = jsonb_set(units, '{points,balance}', '95')")
        cursor.execute("SET session_replication_role = origin")
    code, proof = as_json(run)
    assert (code, [each["code"] for each in proof["findings"]]) == (1, ["account_out_of_step", "balance_unequal"])
    assert proof["findings"][0]["key"] == [LI]
    code, said, _ = run("prove", language="zh_CN.UTF-8")
    assert code == 1
    assert "ledger_account(382)：账户与流水不符：points.balance。应为 94，实为 95。" in said


def test_an_audit_entry_that_was_edited_is_found(run: Run) -> None:
    opened()
    for subject in ("member:1", "member:2"):
        with transaction.atomic():
            write_audit("note", actor=system(7), at=datetime(2026, 3, 1, tzinfo=UTC), subject=subject, given={})
    assert as_json(run)[1]["sound"] is True
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE foundation_auditentry SET subject = 'member:9' WHERE subject = 'member:1'")
        cursor.execute("SET session_replication_role = origin")
    code, proof = as_json(run)
    assert (code, proof["sound"], proof["findings"], [each["seq"] for each in proof["audit"]]) == (1, False, [], [1])
    assert "操作记录：第 1 条与其校验值不符：写下后被改过。" in run("prove", language="zh_CN.UTF-8")[1]


def test_a_wrong_date_is_refused_by_name(run: Run) -> None:
    code, problem = as_json(run, "--at", "2026-02-30")
    assert (code, problem["code"], problem["field"]) == (1, "InvalidInput", "at")
    code, problem = as_json(run, "--programme", "nobody")
    assert (code, problem["code"], problem["field"]) == (1, "NotFound", "programme")
