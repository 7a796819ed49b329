"""Merged cells: only the first of them holds a value; what lies under it is told apart from an empty cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from huiguan.foundation.sheets.values import MERGED, Broken, Cell, Row


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area, rows and columns counted from 1 and 0, all included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Merges:
    """The merged areas of a sheet whose rows are walked from the top."""

    areas: Iterable[Area]
    _waiting: list[Area] = field(init=False)
    _open: list[Area] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._waiting = sorted(self.areas, key=lambda area: area.top, reverse=True)

    def marked(self, row: Row) -> Row:
        """The row with every covered cell said to be covered."""
        while self._waiting and self._waiting[-1].top <= row.number:
            self._open.append(self._waiting.pop())
        self._open = [area for area in self._open if area.bottom >= row.number]
        if not self._open or row.empty:
            return row
        cells: list[Cell] = list(row.cells)
        for column in self._covered(row.number):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = Broken(MERGED)  # even a value that is still there: nobody sees it
        return Row(row.number, tuple(cells))

    def _covered(self, number: int) -> Iterator[int]:
        for area in self._open:
            for column in range(area.left, min(area.right, area.left + 300) + 1):
                if (number, column) != (area.top, area.left):
                    yield column
