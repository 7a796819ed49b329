"""The shared strings of a workbook, kept on disk: a million rows of names do not fit in memory, their places do."""

from __future__ import annotations

import mmap
import tempfile
from array import array
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 18


class SharedWords:
    """Every text of the workbook by its number. Close it when the sheet is read."""

    def __init__(self, source: IO[bytes] | None) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the sheet is open
        self._ends = array("Q", [0])
        self._parts: list[str] = []
        self._inside = self._phonetic = False
        if source is not None:
            self._read(source)
        self._file.flush()
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if self._ends[-1] else None

    def __getitem__(self, number: int) -> str:
        if self._map is None:
            return ""
        return self._map[self._ends[number] : self._ends[number + 1]].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def close(self) -> None:
        if self._map is not None:
            self._map.close()
        self._file.close()

    def _read(self, source: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, name: str, _: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._inside = not self._phonetic

    def _text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            word = "".join(self._parts).encode()
            self._parts.clear()
            self._file.write(word)
            self._ends.append(self._ends[-1] + len(word))
