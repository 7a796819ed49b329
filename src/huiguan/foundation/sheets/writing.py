"""A list as a file people open: a workbook, or text with commas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

Written = str | int | Decimal
_NARROWEST, _WIDEST = 18, 48
_MOST = 1_000_000  # a worksheet holds little more
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook_of(headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """.xlsx with one sheet, numbers as numbers, texts as texts that never run; a row at a time in memory. What a sheet
    cannot hold is left out."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, max(_NARROWEST, min(_WIDEST, 6 + 2 * len(heading))))
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, 0)
        for written, row in zip(range(1, _MOST), rows, strict=False):
            for column, cell in enumerate(row):
                if not isinstance(cell, str):
                    sheet.write_number(written, column, cell)
                elif cell:
                    sheet.write_string(written, column, cell)
    return file.getvalue()


def text_of(headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """.csv in UTF-8 with the mark spreadsheets look for. A text that a spreadsheet would run as a formula has an
    apostrophe before it."""
    file = StringIO(newline="")
    out = csv.writer(file)
    out.writerow(headings)
    out.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: Written) -> Written:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
