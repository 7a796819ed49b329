"""The files of `deploy/` name commands, settings and places there really are."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from huiguan.cli import main
from huiguan.cli.configuring import KNOWN

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "huiguan.service"
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
VARIABLES = {setting.variable for setting in KNOWN.values()}


def _commands() -> list[str]:
    return main.huiguan.list_commands(click.Context(main.huiguan))


def test_the_unit_runs_a_command_with_known_settings() -> None:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, encoding="utf-8")
    assert unit["Service"]["ExecStart"].split()[-1] in _commands()
    named = set(re.findall(r"^Environment=(HUIGUAN_\w+)=", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
    assert named and named <= VARIABLES
    assert unit["Service"]["KillMode"] == "mixed"
    # Longer than the database's own stop takes at most, and the web process's before it.
    assert int(unit["Service"]["TimeoutStopSec"]) > 120 + 2 * 25


def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    here = Path(sys.executable).parent / "huiguan"
    told = re.sub(r"^ExecStart=\S+", f"ExecStart={here}", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / UNIT.name).write_text(told, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / UNIT.name)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []


def test_the_container_copies_what_is_there_and_runs_a_command() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert re.findall(r'^CMD \["(\w+)"\]$', CONTAINER, re.MULTILINE)[0] in _commands()
    named = set(re.findall(r"(HUIGUAN_\w+)=", CONTAINER))
    assert named and named <= VARIABLES
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE) == ["python:3.11-slim", "python:3.11-slim"]
