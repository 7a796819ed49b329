"""What a sheet consists of, and what is said of a file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows something and holds no value that could be taken over. `shown` is what it shows."""

    why: Text
    shown: str = ""


# Numbers are exact to the fifteen digits a spreadsheet keeps. Moments are as written: without a zone.
Cell = str | Decimal | datetime | date | time | bool | Broken | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` as the spreadsheet counts, from 1. Cells at the end that are empty may be absent."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return all(cell is None or cell == "" for cell in self.cells)


class Sheet(Protocol):
    """A sheet that is open. `rows` reads it once from the top, keeping only a few rows in memory."""

    def rows(self) -> Iterator[Row]: ...


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went, in rows: read, taken over, there already from an earlier run, rejected. `records`: what the
    taken rows made (members, sales)."""

    rows: int
    taken: int
    again: int
    rejected: int
    records: int


class SheetUnreadable(Refusal):
    text = Text(
        zh="读不了这个文件：{why}请用 .xlsx、.xls 或 .csv。",
        en="This file cannot be read: {why} Use .xlsx, .xls or .csv.",
    )
    status = 422
    rank = "input"


class SheetEmpty(Refusal):
    text = Text(zh="表里没有数据。", en="The sheet holds no rows.")
    status = 422
    rank = "input"


class SheetTooLarge(Refusal):
    text = Text(
        zh="表太大：至多 {most:count} 行。请分开导入。",
        en="The sheet is too large: {most:count} {most:row|rows} at most. Split it.",
    )
    status = 422
    rank = "input"


class HeadingsUnknown(Refusal):
    text = Text(zh="没有认出这些列：{missing}。请指明它们。", en="No column was recognised for {missing}. Name them.")
    status = 422
    rank = "input"


FORMULA = Text(
    zh="公式没有算出的值，请在表格软件里打开并保存一次",
    en="a formula without its value: open and save it in a spreadsheet once",
)
MERGED = Text(zh="合并的单元格，请拆开后逐行填写", en="a merged cell: split it and fill in every row")
ROUNDED = Text(
    zh="超过 15 位的数字已被表格软件舍入，请把该列设为文本",
    en="a number over 15 digits was rounded by the spreadsheet: make the column text",
)
FAULTY = Text(zh="单元格里是错误值", en="the cell holds an error value")
