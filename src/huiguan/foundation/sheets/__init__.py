"""Sheets people keep their books in: .xlsx, .xls and .csv, read row by row, and what their columns mean."""

from huiguan.foundation.sheets.bringing import Entered, Progress, Rejected, bring_in, chunks, reason_told, rows_below
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
from huiguan.foundation.sheets.writing import Written, text_of, workbook_of

__all__ = [
    "Broken",
    "Cell",
    "Columns",
    "Entered",
    "Field",
    "HeadingsUnknown",
    "Imported",
    "Preview",
    "Progress",
    "Rejected",
    "Row",
    "Sheet",
    "SheetEmpty",
    "SheetTooLarge",
    "SheetUnreadable",
    "Written",
    "bring_in",
    "chunks",
    "day_in",
    "demand_required",
    "fen_in",
    "guess",
    "mapped",
    "moment_in",
    "number_in",
    "open_sheet",
    "preview",
    "reason_told",
    "rows_below",
    "said_plainly",
    "shown",
    "text_in",
    "text_of",
    "time_in",
    "whole_in",
    "workbook_of",
    "write_rejects",
]
