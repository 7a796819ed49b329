"""Which folder this installation keeps its data in."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """HUIGUAN_DATA; else `var` beside a checkout's `pyproject.toml`; else `huiguan` in the user's state folder."""
    named = os.environ.get("HUIGUAN_DATA")
    if named:
        return Path(named).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "huiguan").is_dir():
        return checkout / "var"
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "huiguan"
