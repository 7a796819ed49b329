"""`huiguan doctor` says of each thing how it is, and of what is not well what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiguan.cli.doctoring import machine, messages, server
from huiguan.cli.doctoring.findings import Finding
from huiguan.foundation.secrets import secret_files, secrets_of


def _told(finding: Finding) -> tuple[str, str, str]:
    return finding.check, finding.state, finding.found.en


def test_every_line_speaks_both_languages(tmp_path: Path) -> None:
    findings = [
        machine.python(),
        machine.data_folder_rights(tmp_path),
        machine.disk_space(tmp_path),
        machine.secrets(tmp_path),
        machine.port("127.0.0.1", 0),
        machine.browser(),
    ]
    for finding in findings:
        for said in (finding.found, finding.advice):
            if said is not None:
                assert said.zh and said.en
    assert set(findings[0].as_json("zh")) == {"check", "state", "found", "advice"}


def test_secrets_that_others_may_read_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIGUAN_SECRET_KEY", raising=False)
    monkeypatch.delenv("HUIGUAN_FIELD_KEY", raising=False)
    assert machine.secrets(tmp_path).state == "warn"
    secrets_of(tmp_path)
    assert machine.secrets(tmp_path).state == "ok"
    opened = secret_files(tmp_path)[1]
    opened.chmod(0o644)
    finding = machine.secrets(tmp_path)
    assert finding.state == "wrong"
    assert finding.advice is not None and finding.advice.en == f"chmod 600 {opened}"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def test_a_taken_port_is_a_warning(taken_port: int) -> None:
    finding = machine.port("127.0.0.1", taken_port)
    assert finding.state == "warn"
    assert finding.found.en.startswith(f"Port {taken_port} of 127.0.0.1 is taken.")


def test_an_address_of_another_machine_is_a_warning() -> None:
    assert machine.port("192.0.2.1", 8000).found.en == "This machine has no address 192.0.2.1."


def test_missing_programs_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("HUIGUAN_PG_BIN", "/nowhere")
    finding = server.binaries()
    assert finding.state == "wrong"
    assert "HUIGUAN_PG_BIN" in finding.found.en


@pytest.mark.django_db
def test_a_database_that_may_lose_answers_is_wrong() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("off",)  # the tests' own cluster is thrown away
    assert _told(server.durability())[:2] == ("durability", "wrong")
    assert "fsync" in server.durability().found.en


@pytest.mark.django_db
def test_waiting_migrations_are_a_warning() -> None:
    assert server.schema().state == "ok"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert _told(server.schema()) == ("schema", "warn", "1 migrations wait")


def test_a_carrier_of_messages_that_lacks_something_is_wrong(settings: Any) -> None:
    settings.HUIGUAN_MESSAGES = {}
    assert _told(messages.carriers()) == ("messages", "ok", "Text messages and mail go by local · local")
    settings.HUIGUAN_MESSAGES = {"HUIGUAN_SMS": "aliyun"}
    assert _told(messages.carriers()) == ("messages", "wrong", "Messages cannot go: HUIGUAN_SMS_KEY is not set")
