"""The rows of a worksheet's XML, as fast as Python reads them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from xml.parsers import expat

from huiguan.foundation.sheets.numbers import day_number, number_of
from huiguan.foundation.sheets.values import FAULTY, FORMULA, Broken, Cell, Row
from huiguan.foundation.sheets.words import SharedWords

_MOST_COLUMNS = 16_384


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """'A' -> 0, 'AB' -> 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


class RowParser:
    """Takes the XML in pieces and gives back the rows that are complete."""

    def __init__(self, words: SharedWords, days: frozenset[int], *, since_1904: bool) -> None:
        self._words, self._days, self._since_1904 = words, days, since_1904
        self._done: list[Row] = []
        self._cells: list[Cell] = []
        self._number = 0
        self._column = -1
        self._kind, self._style = "n", 0
        self._formula = self._collecting = self._phonetic = False
        self._value: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def fed(self, piece: bytes, *, last: bool = False) -> list[Row]:
        """The rows that `piece` completes."""
        self._parser.Parse(piece, last)
        done, self._done = self._done, []
        return done

    def _start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(given)
        elif name in ("v", "t"):
            self._collecting = not self._phonetic
        elif name == "row":
            self._number = int(given.get("r", self._number + 1))
            self._cells, self._column = [], -1
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True

    def _begin_cell(self, given: dict[str, str]) -> None:
        place = given.get("r", "")
        letters = place.rstrip("0123456789")
        self._column = column_of(letters) if letters else self._column + 1
        self._kind, self._style = given.get("t", "n"), int(given.get("s", "0"))
        self._formula = False
        self._value.clear()

    def _text(self, text: str) -> None:
        if self._collecting:
            self._value.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._collecting = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            while self._cells and self._cells[-1] is None:
                self._cells.pop()
            if self._cells:
                self._done.append(Row(self._number, tuple(self._cells)))
        elif name == "rPh":
            self._phonetic = False

    def _end_cell(self) -> None:
        if self._column >= _MOST_COLUMNS:
            raise ValueError(self._column)
        cell = self._cell("".join(self._value))
        if cell is not None:
            self._cells += [None] * (self._column + 1 - len(self._cells))
            self._cells[self._column] = cell

    def _cell(self, text: str) -> Cell:
        if not text:
            return Broken(FORMULA) if self._formula else None
        match self._kind:
            case "s":
                return self._word(int(text)).strip() or None
            case "inlineStr" | "str":
                return text.strip() or None
            case "b":
                return text.strip() == "1"
            case "e":
                return Broken(FAULTY, text)
            case "d":
                return datetime.fromisoformat(text.replace("Z", ""))
        number = number_of(text)
        if self._style in self._days and not isinstance(number, Broken):
            return day_number(number, since_1904=self._since_1904)  # type: ignore[arg-type]
        return number

    def _word(self, number: int) -> str:
        return self._words[number] if number < len(self._words) else ""
