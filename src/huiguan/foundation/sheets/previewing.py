"""What a person is shown before an import: the guessed columns and the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from huiguan.foundation.sheets.cells import shown
from huiguan.foundation.sheets.headings import LOOKED_AT, Columns, Field, guess, mapped
from huiguan.foundation.sheets.opening import open_sheet
from huiguan.foundation.sheets.values import Row, SheetEmpty

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """`rows`: the first rows under the heading as a reader sees them, padded to the headings' width."""

    fields: tuple[Field, ...]
    columns: Columns
    rows: tuple[tuple[str, ...], ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields that no column was found for."""
        return tuple(each for each in self.fields if each.required and each.name not in self.columns.places)


def preview(path: Path, fields: Sequence[Field], said: Mapping[str, str] | None = None) -> Preview:
    """The columns of a file as guessed, changed by what a person `said`, and its first rows. Refuses SheetEmpty,
    SheetUnreadable, InvalidInput (a column or field that is not there)."""
    with open_sheet(path) as sheet:
        first = list(islice((row for row in sheet.rows() if not row.empty), LOOKED_AT + SHOWN))
    columns = guess(fields, first[:LOOKED_AT])
    columns = mapped(fields, columns, said or {})
    below = [row for row in first if row.number > columns.heading_row][:SHOWN]
    if not below:
        raise SheetEmpty(field="file")
    return Preview(tuple(fields), columns, tuple(_shown(row, len(columns.headings)) for row in below))


def _shown(row: Row, width: int) -> tuple[str, ...]:
    texts = [shown(cell) for cell in row.cells[:width]]
    return (*texts, *[""] * (width - len(texts)))
