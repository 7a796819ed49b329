"""A list as a file people open: a workbook, or text with commas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter

Written = str | int | Decimal
_WIDEST = 48
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> int:
    """Write .xlsx with one sheet, numbers as numbers, texts as texts that never run; how many rows. A row at a time
    in memory."""
    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, min(_WIDEST, 6 + 2 * len(heading)))
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, 0)
        for written, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if not isinstance(cell, str):
                    sheet.write_number(written, column, cell)
                elif cell:
                    sheet.write_string(written, column, cell)
    return written


def write_text(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> int:
    """Write .csv in UTF-8 with the mark spreadsheets look for; how many rows. A text that a spreadsheet would run as a
    formula has an apostrophe before it."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        for row in rows:
            out.writerow([_harmless(cell) for cell in row])
            written += 1
    return written


def _harmless(cell: Written) -> Written:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
