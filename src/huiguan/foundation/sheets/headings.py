"""Which column holds what, guessed from the headings in Chinese or English; a person may say otherwise.

Every import declares its fields with the words people write above them. The row that names most of them is the heading
row, so titles above it do no harm; a column goes to the field whose words fit best (required ones first: a lone 时间 is
the date), a field to one column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiguan.foundation.sheets.cells import shown
from huiguan.foundation.sheets.rows import column_of
from huiguan.foundation.sheets.values import Cell, HeadingsUnknown, Row
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

LOOKED_AT = 20  # rows in which the headings are sought
_AROUND = re.compile(r"[(\[【（][^)\]】）]*[)\]】）]|[\s_*:：.、\-/]+")
_NO_FIELD = Text(zh="没有这一项：{given}（有：{known}）", en="no such field: {given} (there are: {known})")
_NO_HEADING = Text(zh="表里没有这一列：{given}", en="the sheet has no such column: {given}")


@dataclass(frozen=True, slots=True)
class Field:
    """Something an import reads. `words`: how people head its column, the most usual first."""

    name: str
    title: Text
    words: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """`heading_row` is the heading's row number (0: none), `headings` as shown, `places` field name -> column."""

    heading_row: int
    headings: tuple[str, ...]
    places: Mapping[str, int]

    def of(self, row: Row) -> dict[str, Cell]:
        """The cells of a row by field; absent columns are not among them."""
        cells = row.cells
        return {name: cells[place] if place < len(cells) else None for name, place in self.places.items()}

    def as_json(self) -> dict[str, object]:
        return {"heading_row": self.heading_row, "headings": list(self.headings), "places": dict(self.places)}

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Columns:
        return cls(told["heading_row"], tuple(told["headings"]), dict(told["places"]))  # type: ignore[arg-type, call-overload]


def said_plainly(heading: str) -> str:
    """A heading without blanks, marks and what stands in brackets: '* 实收 金额（元）' -> '实收金额'."""
    return _AROUND.sub("", unicodedata.normalize("NFKC", heading)).lower()


def guess(fields: Sequence[Field], rows: Iterable[Row]) -> Columns:
    """The columns of a sheet by its first rows. Where no row names anything, the first one is taken for the heading."""
    best = Columns(0, (), {})
    for row in rows:
        headings = tuple(shown(cell) for cell in row.cells)
        places = _places(fields, headings)
        if len(places) > len(best.places) or not best.heading_row:
            best = Columns(row.number, headings, places)
    return best


def _places(fields: Sequence[Field], headings: Sequence[str]) -> dict[str, int]:
    fits = []
    for column, heading in enumerate(headings):
        plain = said_plainly(heading)
        for order, field in enumerate(fields):
            fit = _fit(field, plain)
            if fit is not None:
                fits.append((fit[0], not field.required, fit[1], order, column, field.name))
    places: dict[str, int] = {}
    for *_, column, name in sorted(fits):
        if name not in places and column not in places.values():
            places[name] = column
    return places


def _fit(field: Field, heading: str) -> tuple[int, int] | None:
    """How well a heading fits, the smaller the better: the very word, by its place in the list; else holding it, the
    longer the better."""
    words = [said_plainly(word) for word in field.words]
    if heading in words:
        return 0, words.index(heading)
    held = [len(word) for word in words if len(word) > 1 and word in heading]
    return (1, -max(held)) if held and len(heading) <= max(held) + 6 else None


def mapped(fields: Sequence[Field], columns: Columns, said: Mapping[str, str]) -> Columns:
    """The columns with what a person said of them: heading (or 'A', 'B', …) -> field name, '' for none."""
    known = [field.name for field in fields]
    places = dict(columns.places)
    for heading, name in said.items():
        column = _column(columns, heading)
        places = {each: place for each, place in places.items() if place != column and each != name}
        if not name:
            continue
        if name not in known:
            raise InvalidInput(field=heading, rule=Text(**_NO_FIELD.both(given=name, known=", ".join(known))))
        places[name] = column
    return Columns(columns.heading_row, columns.headings, places)


def _column(columns: Columns, heading: str) -> int:
    wanted = said_plainly(heading)
    for column, each in enumerate(columns.headings):
        if each.strip() == heading.strip() or said_plainly(each) == wanted:
            return column
    letters = heading.strip().upper()
    if re.fullmatch("[A-Z]{1,2}", letters):
        column = column_of(letters)
        if column < max(len(columns.headings), 1):
            return column
    raise InvalidInput(field=heading, rule=Text(**_NO_HEADING.both(given=heading)))


def demand_required(fields: Sequence[Field], columns: Columns) -> None:
    """Refuse HeadingsUnknown where a required field has no column."""
    missing = [field.title for field in fields if field.required and field.name not in columns.places]
    if missing:
        both = Text(zh="、".join(each.zh for each in missing), en=", ".join(each.en for each in missing))
        raise HeadingsUnknown(field="columns", missing=both)
