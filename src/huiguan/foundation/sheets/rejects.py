"""The file of rejected rows: as they came, with the row number and the reason. Corrected, it can be imported again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from huiguan.foundation.sheets.cells import shown
from huiguan.foundation.sheets.values import Cell
from huiguan.kernel.text import Text

_ROW, _REASON = Text(zh="原行号", en="Row"), Text(zh="未导入的原因", en="Why not imported")
_WIDEST = 48


def write_rejects(
    path: Path, headings: tuple[str, ...], rows: Iterable[tuple[int, tuple[Cell, ...], Text]], lang: str
) -> int:
    """Write (row number, cells, reason) under the sheet's own headings; how many rows. A row at a time in memory.

    Everything is written as text: what a cell held must come back unchanged, and never run as a formula.
    """
    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        head, why = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#782250"})
        width = len(headings)
        for column, heading in enumerate((*headings, _ROW.of(lang), _REASON.of(lang))):
            sheet.set_column(column, column, min(_WIDEST, 4 + 2 * len(heading)) if column <= width else _WIDEST)
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, 0)
        for written, (number, cells, reason) in enumerate(rows, 1):
            for column, cell in enumerate(cells[:width]):
                if text := shown(cell):
                    sheet.write_string(written, column, text)
            sheet.write_number(written, width, number)
            sheet.write_string(written, width + 1, reason.of(lang), why)
    return written
