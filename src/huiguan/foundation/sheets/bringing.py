"""A file on its way in, chunk by chunk: what is rejected goes to a file of its own, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from huiguan.foundation.sheets.headings import Columns
from huiguan.foundation.sheets.opening import open_sheet
from huiguan.foundation.sheets.rejects import write_rejects
from huiguan.foundation.sheets.values import Cell, Imported, Row, Sheet
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

AT_ONCE = 1000
Progress = Callable[[int, int], None]  # (done, all; 0 where nobody counted)
Rejected = tuple[Row, Text]


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a chunk: how many rows were taken over, how many were there already, and the others, each with why."""

    taken: int
    again: int
    rejected: Sequence[Rejected]


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    taken: int = 0
    again: int = 0
    rejected: int = 0


def bring_in(
    path: Path,
    columns: Columns,
    enter: Callable[[list[Row]], Entered],
    *,
    rejects: Path,
    lang: str,
    progress: Progress | None = None,
    at_once: int = AT_ONCE,
    total: int = 0,
) -> Imported:
    """Read the rows under the headings and `enter` them, `at_once` together; how it went. Rejected rows are written to
    `rejects` under the sheet's own headings, and no file where there are none. `progress` is told (rows read, total)."""
    tally = _Tally()
    rejected = _rejected(path, columns, enter, tally, progress, at_once, total)
    first = next(rejected, None)
    if first is not None:
        write_rejects(rejects, columns.headings, chain([first], rejected), lang)
    return Imported(tally.rows, tally.taken, tally.again, tally.rejected, tally.taken)


def _rejected(
    path: Path,
    columns: Columns,
    enter: Callable[[list[Row]], Entered],
    tally: _Tally,
    progress: Progress | None,
    at_once: int,
    total: int,
) -> Iterator[tuple[int, tuple[Cell, ...], Text]]:
    """Do the work, giving out the rows that are rejected."""
    with open_sheet(path) as sheet:
        for chunk in chunks(sheet, columns, at_once):
            entered = enter(chunk)
            tally.rows += len(chunk)
            tally.taken += entered.taken
            tally.again += entered.again
            tally.rejected += len(entered.rejected)
            for row, told in entered.rejected:
                yield row.number, row.cells, told
            if progress is not None:
                progress(tally.rows, total)


def chunks(sheet: Sheet, columns: Columns, at_once: int = AT_ONCE) -> Iterator[list[Row]]:
    """The rows under the headings that hold anything, so many together."""
    rows = rows_below(sheet, columns)
    while chunk := list(islice(rows, at_once)):
        yield chunk


def rows_below(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """The rows under the headings that hold anything."""
    return (row for row in sheet.rows() if row.number > columns.heading_row and not row.empty)


def reason_told(refusal: Refusal, titles: Mapping[str, Text]) -> Text:
    """Why a row was refused: a wrong cell by its column as people call it (`titles` by field) and the rule."""
    rule, title = refusal.values.get("rule"), titles.get(refusal.field or "")
    if isinstance(refusal, InvalidInput) and isinstance(rule, Text) and title is not None:
        return Text(zh=f"{title.zh}：{rule.zh}", en=f"{title.en}: {rule.en}")
    return Text(zh=refusal.say("zh"), en=refusal.say("en"))
