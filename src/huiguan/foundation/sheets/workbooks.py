"""Workbooks (.xlsx, .xlsm) read as a stream: a million rows take no more memory than a thousand.

Only what an import needs is read: the first sheet that shows anything, its texts, which styles write days, and which
cells are merged. A formula counts as the value it was computed to when the file was saved.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from huiguan.foundation.sheets.merges import Area, Merges
from huiguan.foundation.sheets.numbers import DATE_FORMATS, is_date_format
from huiguan.foundation.sheets.rows import RowParser, column_of
from huiguan.foundation.sheets.values import Row, SheetTooLarge, SheetUnreadable
from huiguan.foundation.sheets.words import SharedWords
from huiguan.kernel.text import Text

MOST_ROWS = 1_048_576
_MOST_BYTES = 6 << 30
_CHUNK = 1 << 18
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_DAMAGED = Text(zh="它不是完好的工作簿。", en="it is not a sound workbook.")
# What reading an archive or its XML raises where a byte of it is wrong: numbers that are none, parts that are missing,
# packings and encodings nobody knows, a password.
_TORN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, LookupError, ValueError, StopIteration,
    EOFError, OSError, RuntimeError,
)  # fmt: skip
_OTHER = Text(zh="它是别的压缩文件，不是工作簿。", en="it is some other archive, not a workbook.")


class Workbook:
    """An .xlsx file; see `values.Sheet`."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            parts = {info.filename: info for info in self._zip.infolist()}
            if "xl/workbook.xml" not in parts:
                raise SheetUnreadable(field="file", why=_OTHER)
            if sum(info.file_size for info in parts.values()) > _MOST_BYTES:
                raise SheetTooLarge(field="file", most=MOST_ROWS)
            self._days = self._date_styles() if "xl/styles.xml" in parts else frozenset()
            self._words = SharedWords(self._open("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in parts else None)
            self._sheet, self._since_1904 = self._first_sheet(set(parts))
        except _TORN:
            raise SheetUnreadable(field="file", why=_DAMAGED) from None

    def close(self) -> None:
        self._words.close()
        self._zip.close()

    def _open(self, part: str) -> IO[bytes]:
        return self._zip.open(part)

    def _tree(self, part: str) -> ElementTree.Element:
        with self._open(part) as source:
            return ElementTree.parse(source).getroot()

    def _first_sheet(self, parts: set[str]) -> tuple[str, bool]:
        """The part of the first visible sheet, and whether its days are counted from 1904."""
        book = self._tree("xl/workbook.xml")
        targets = {each.get("Id"): each.get("Target", "") for each in self._tree("xl/_rels/workbook.xml.rels")}
        shown = [
            each for each in book.iter() if each.tag.endswith("}sheet") and each.get("state", "visible") == "visible"
        ]
        named = [targets.get(each.get(_RELATION) or each.get(_STRICT), "") for each in shown]
        found = [part for target in named if (part := _part(target)) in parts and "worksheets" in part]
        filled = (part for part in found if next(self._rows_of(part, self._words, frozenset(), False), None))
        since_1904 = any(
            each.get("date1904") in ("1", "true") for each in book.iter() if each.tag.endswith("}workbookPr")
        )
        return next(filled, None) or found[0], since_1904

    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that write days."""
        styles = self._tree("xl/styles.xml")
        codes = {
            int(each.get("numFmtId", "0")): each.get("formatCode", "")
            for each in styles.iter()
            if each.tag.endswith("}numFmt")
        }
        listed = next((each for each in styles if each.tag.endswith("}cellXfs")), None)
        formats = [int(each.get("numFmtId", "0")) for each in listed] if listed is not None else []
        dated = {number for number, code in codes.items() if is_date_format(code)} | (DATE_FORMATS - set(codes))
        return frozenset(i for i, number in enumerate(formats) if number in dated)

    def rows(self) -> Iterator[Row]:
        merges = Merges(self._merged())
        try:
            for row in self._rows_of(self._sheet, self._words, self._days, self._since_1904):
                if row.number > MOST_ROWS:
                    raise SheetTooLarge(field="file", most=MOST_ROWS)
                yield merges.marked(row)
        except _TORN:
            raise SheetUnreadable(field="file", why=_DAMAGED) from None

    def _rows_of(self, part: str, words: SharedWords, days: frozenset[int], since_1904: bool) -> Iterator[Row]:
        parser = RowParser(words, days, since_1904=since_1904)
        with self._open(part) as source:
            while chunk := source.read(_CHUNK):
                yield from parser.fed(chunk)
            yield from parser.fed(b"", last=True)

    def _merged(self) -> list[Area]:
        """The merged areas, which stand behind the rows in the file; found without parsing it."""
        found: list[Area] = []
        rest = b""
        with self._open(self._sheet) as source:
            while chunk := source.read(_CHUNK):
                text = rest + chunk
                end = 0
                for each in _MERGE.finditer(text):
                    left, top, right, bottom = (part.decode() for part in each.groups())
                    found.append(Area(int(top), column_of(left), int(bottom), column_of(right)))
                    end = each.end()
                rest = text[max(end, len(text) - 200) :]
        return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
