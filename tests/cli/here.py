"""The command line run in the tests' own process, on the tests' own database: what a person types, and what is answered.

A process of its own for each call took as long as a hundred of the questions asked of it; that the command starts as one
is proved where it is served, set up and backed up.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from huiguan.cli import main

Ran = tuple[int, str, str]  # how it ended, what it said, what it said of itself
Run = Callable[..., Ran]


def own_database() -> str:
    """The tests' own database, as its URL."""
    parts = connection.get_connection_params()
    names = ("dbname", "user", "host", "port", "password")
    return make_conninfo(**{name: parts[name] for name in names if parts.get(name)})


@pytest.fixture
def run(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("import", "sales", file, language="en_GB.UTF-8")`, from an empty folder."""
    settings.HUIGUAN_DATA = tmp_path / "data"

    def huiguan(*arguments: str, language: str = "C.UTF-8", said: str = "") -> Ran:
        with monkeypatch.context() as here:
            here.setenv("LC_ALL", language)
            here.setenv("HUIGUAN_DATA", str(tmp_path / "data"))
            here.chdir(tmp_path)
            here.setattr(sys, "argv", ["huiguan", *arguments])
            here.setattr(sys, "stdin", io.StringIO(said))
            with pytest.raises(SystemExit) as ended:
                main.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return huiguan
