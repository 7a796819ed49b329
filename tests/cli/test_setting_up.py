"""The scripts around the house: set-up without a Python, a CI run that fails as a whole, a browser that is missing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huiguan.cli import browsers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the small tools of a system and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "mktemp", "tail", "tr", "cat", "rm", "sleep"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def test_set_up_without_a_python_says_what_to_install(tmp_path: Path, bare_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    shutil.copy(ROOT / "scripts" / "setup", scripts)
    answer = subprocess.run(
        [scripts / "setup"], env={"PATH": str(bare_path)}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "No Python 3.11 or newer (with venv) was found." in answer.stderr
    assert "没有找到 Python 3.11 或更新的版本" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_ctrl_c_ends_the_installation_too(tmp_path: Path) -> None:
    """A shell lets what it runs beside itself ignore Ctrl-C; an installer left running would fight the next one."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        f"#!/bin/sh\ncase \"$*\" in -) echo new ;; *install*) echo $$ >'{tmp_path}/pid'; exec sleep 600 ;; esac\n",
        encoding="ascii",
    )
    python.chmod(0o755)
    # Whoever began the tests in the background had them ignore Ctrl-C; a shell that starts so can never hear it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen([tmp_path / "scripts" / "setup"], start_new_session=True, stderr=subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGINT, before)
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().endswith("\n"))
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(60) == 130
    installer = int((tmp_path / "pid").read_text())
    until(lambda: not Path(f"/proc/{installer}").exists())


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("check", "test", "code"), [("true", "true", 0), ("false", "true", 1), ("true", "false", 1), ("false", "false", 1)]
)
def test_a_ci_run_fails_where_either_fails_and_ends_with_pytests_line(
    tmp_path: Path, check: str, test: str, code: int
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    closing = "3 passed, 1 skipped in 0.12s"
    (tmp_path / "Makefile").write_text(
        f"check:\n\t@{check}\n\ntest:\n\t@echo 'tests/test_a.py ...'\n\t@echo '{closing}'\n\t@{test}\n",
        encoding="ascii",
    )
    answer = subprocess.run([tmp_path / ".ci" / "run"], capture_output=True, text=True, check=False)
    assert answer.returncode == code
    assert answer.stdout.splitlines()[-1] == closing


def test_a_ci_run_whose_tests_never_ran_fails(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text("check:\n\t@true\n\ntest:\n\t@true\n", encoding="ascii")
    assert subprocess.run([tmp_path / ".ci" / "run"], capture_output=True, check=False).returncode == 1


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my-chromium"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("HUIGUAN_BROWSER", str(program))
    assert browsers.browser_path() == str(program)
    monkeypatch.setenv("HUIGUAN_BROWSER", str(tmp_path / "none"))
    assert browsers.browser_path() is None
    assert browsers.MANAGERS[0].browser in browsers.missing(browsers.MANAGERS[0])


def test_the_locks_name_every_hash_and_no_registry() -> None:
    for name in ("run", "dev"):
        lines = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and line[0] not in " #"]
        assert packages and all("==" in line for line in packages)
        assert sum("--hash=sha256:" in line for line in lines) >= len(packages)
        assert not [line for line in lines if "://" in line or line.startswith("--")]
