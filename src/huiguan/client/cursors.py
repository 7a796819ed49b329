"""How far a reader of the feed has come, kept where it survives the program."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Protocol


class Cursor(Protocol):
    """`read` gives what was kept last, "" at first."""

    def read(self) -> str: ...

    def keep(self, place: str) -> None: ...


class MemoryCursor:
    """For as long as the program lives."""

    def __init__(self, place: str = "") -> None:
        self.place = place

    def read(self) -> str:
        return self.place

    def keep(self, place: str) -> None:
        self.place = place


class FileCursor:
    """A small file, replaced whole: whoever dies in between finds the old place or the new one."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def read(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return self._path.read_text(encoding="ascii").strip()
        return ""

    def keep(self, place: str) -> None:
        beside = self._path.with_name(f"{self._path.name}.new")
        with beside.open("w", encoding="ascii") as file:
            file.write(f"{place}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
