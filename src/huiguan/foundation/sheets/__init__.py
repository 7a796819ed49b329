"""Sheets people keep their books in: .xlsx, .xls and .csv, read row by row, and what their columns mean."""

from huiguan.foundation.sheets.cells import day_in, fen_in, moment_in, number_in, shown, text_in, time_in, whole_in
from huiguan.foundation.sheets.headings import Columns, Field, demand_required, guess, mapped, said_plainly
from huiguan.foundation.sheets.opening import open_sheet
from huiguan.foundation.sheets.previewing import Preview, preview
from huiguan.foundation.sheets.rejects import write_rejects
from huiguan.foundation.sheets.values import (
    Broken,
    Cell,
    HeadingsUnknown,
    Imported,
    Row,
    Sheet,
    SheetEmpty,
    SheetTooLarge,
    SheetUnreadable,
)
from huiguan.foundation.sheets.writing import write_text, write_workbook

__all__ = [
    "Broken",
    "Cell",
    "Columns",
    "Field",
    "HeadingsUnknown",
    "Imported",
    "Preview",
    "Row",
    "Sheet",
    "SheetEmpty",
    "SheetTooLarge",
    "SheetUnreadable",
    "day_in",
    "demand_required",
    "fen_in",
    "guess",
    "mapped",
    "moment_in",
    "number_in",
    "open_sheet",
    "preview",
    "said_plainly",
    "shown",
    "text_in",
    "time_in",
    "whole_in",
    "write_rejects",
    "write_text",
    "write_workbook",
]
