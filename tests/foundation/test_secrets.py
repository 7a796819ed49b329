"""Secrets: made once, kept closed, never replaced where one is there and cannot be read."""

from __future__ import annotations

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huiguan.foundation.secrets import SecretUnreadable, secret_files, secrets_of


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIGUAN_SECRET_KEY", raising=False)
    monkeypatch.delenv("HUIGUAN_FIELD_KEY", raising=False)


def test_they_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = secrets_of(tmp_path / "data")
    assert secrets_of(tmp_path / "data") == first
    assert len(first.field_key) == 32
    assert len(first.signing) >= 43
    for path in secret_files(tmp_path / "data"):
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data" / "secrets").stat().st_mode & 0o777 == 0o700


def test_two_installations_have_different_ones(tmp_path: Path) -> None:
    first, second = secrets_of(tmp_path / "a"), secrets_of(tmp_path / "b")
    assert first.signing != second.signing
    assert first.field_key != second.field_key


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: secrets_of(tmp_path / "data"), range(32)))
    assert len(set(made)) == 1
    assert sorted(path.name for path in (tmp_path / "data" / "secrets").iterdir()) == ["field_key", "secret_key"]


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = os.urandom(32)
    monkeypatch.setenv("HUIGUAN_SECRET_KEY", "from elsewhere")
    monkeypatch.setenv("HUIGUAN_FIELD_KEY", base64.urlsafe_b64encode(key).decode())
    assert secrets_of(tmp_path).signing == "from elsewhere"
    assert secrets_of(tmp_path).field_key == key
    assert not (tmp_path / "secrets").exists()


def test_one_that_is_there_and_cannot_be_read_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets" / "field_key").mkdir(parents=True)
    with pytest.raises(SecretUnreadable):
        secrets_of(tmp_path)


def test_without_a_place_to_keep_it_there_is_no_field_key(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    found = secrets_of(tmp_path / "file" / "data")
    assert found.field_key == b""
    assert found.signing
