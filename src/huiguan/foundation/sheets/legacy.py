"""Workbooks of the old binary form (.xls): at most 65,536 rows, so they are read whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from huiguan.foundation.sheets.merges import Area, Merges
from huiguan.foundation.sheets.numbers import number_of
from huiguan.foundation.sheets.values import FAULTY, Broken, Cell, Row, SheetUnreadable
from huiguan.kernel.text import Text

_LOCKED = Text(zh="它设了打开密码。", en="it is locked with a password.")
_DAMAGED = Text(zh="它不是完好的工作簿。", en="it is not a sound workbook.")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


class OldWorkbook:
    """The first sheet with anything in it; see `values.Sheet`."""

    def __init__(self, path: Path) -> None:
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            sheets = (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
            self._sheet = next((sheet for sheet in sheets if sheet.total_height), None)
        except PasswordError:
            raise SheetUnreadable(field="file", why=_LOCKED) from None
        except (CalamineError, OSError):
            raise SheetUnreadable(field="file", why=_DAMAGED) from None

    def rows(self) -> Iterator[Row]:
        if self._sheet is None:
            return
        areas = [
            Area(top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or ()
        ]
        merges = Merges(areas)
        for number, cells in enumerate(self._sheet.to_python(skip_empty_area=False), 1):
            yield merges.marked(Row(number, tuple(map(_cell, cells))))


def _cell(value: Any) -> Cell:
    match value:
        case None | "":
            return None
        case bool() | datetime() | date() | time():
            return value
        case timedelta():
            return (datetime.combine(date(2000, 1, 1), time()) + value).time()
        case int():
            return Decimal(value)
        case float():
            return number_of(repr(value)) if math.isfinite(value) else Broken(FAULTY, str(value))
        case str():
            text = value.strip()
            return Broken(FAULTY, text) if text in _ERRORS else text or None
    return Broken(FAULTY, str(value))
