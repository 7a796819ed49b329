"""Text files with separators: UTF-8, GBK or UTF-16, by what is in them and not by what they are called."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from huiguan.foundation.sheets.values import FORMULA, Broken, Cell, Row, SheetUnreadable
from huiguan.kernel.text import Text

_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 20
_LOOKED_AT = 20  # lines from which the separator is told: titles may stand above the headings
_SEPARATORS = ",\t;|"
_QUOTED_NUMBER = re.compile(r'="([^"]*)"')  # how exports keep leading noughts from a spreadsheet
_NOT_TEXT = Text(zh="既不是 UTF-8，也不是 GBK 文字。", en="it is neither UTF-8 nor GBK text.")
_TORN = Text(zh="第 {line} 行的引号没有配对。", en="the quotes of line {line} do not match.")


class Delimited:
    """A CSV file; see `values.Sheet`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = encoding_of(path)

    def rows(self) -> Iterator[Row]:
        csv.field_size_limit(_LONGEST_CELL)
        with self._path.open(encoding=self._encoding, newline="") as lines:
            separator = _separator(list(islice(lines, _LOOKED_AT)))
            lines.seek(0)
            yield from _rows(lines, separator)


def _rows(lines: IO[str], separator: str) -> Iterator[Row]:
    read: list[str] = []  # the lines of the row under way

    def heard() -> Iterator[str]:
        for line in lines:
            read.append(line)
            yield line

    reader, begins = csv.reader(heard(), delimiter=separator), 1
    try:
        for cells in reader:
            if len(read) > 1:
                _demand_closed(read, separator)
            yield Row(reader.line_num, tuple(map(_cell, cells)))
            read.clear()
            begins = reader.line_num + 1
    except csv.Error:
        raise SheetUnreadable(field="file", why=Text(**_TORN.both(line=begins))) from None


def _demand_closed(read: Sequence[str], separator: str) -> None:
    """A row of several lines must have its quotes where they belong: an open one would swallow the rows behind it."""
    for _ in csv.reader(read, delimiter=separator, strict=True):
        pass


def _cell(text: str) -> Cell:
    text = text.strip()
    if not text:
        return None
    if text.startswith("="):
        kept = _QUOTED_NUMBER.fullmatch(text)
        return kept.group(1).strip() or None if kept else Broken(FORMULA, text)
    return text


def _separator(lines: Sequence[str]) -> str:
    """The one by which most of the first lines have as many columns; among equals the one that makes most columns."""
    return max(_SEPARATORS, key=lambda each: _evenness(lines, each))


def _evenness(lines: Sequence[str], separator: str) -> tuple[int, int]:
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1)
    except csv.Error:
        return 0, 0
    return max(((often, width) for width, often in widths.items()), default=(0, 0))


def encoding_of(path: Path) -> str:
    """The first of the known encodings that the whole file is written in. Refuses SheetUnreadable."""
    with path.open("rb") as file:
        begins = file.read(4)
    if begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        if _written_in(path, encoding):
            return encoding
    raise SheetUnreadable(field="file", why=_NOT_TEXT)


def _written_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):  # a picture or a program is no text
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
