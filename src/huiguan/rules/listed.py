"""A list among the answers of a form: rows of parts, kept as one text of JSON in the form's own order. Pure.

Everywhere between the entrances and the database an answer is text; a list is `[{"name":"林一","mobile":"13800000001"}]`,
blank parts left out. Here it is read and written, and the parts nobody may see are hidden.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

ROW = (
    "row"  # of a row that comes back: which row it was, counted from 1, so that a part that is hidden stays what it was
)
MASK = "••••••"
MOST = 50  # rows of any list
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of one row between two rounds: as it was (None: new) and as it is (None: gone)."""

    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


def rows_of(text: object) -> tuple[Row, ...]:
    """The rows of a list as it is kept, each part as text; none of what is no list."""
    if isinstance(text, str):
        try:
            text = json.loads(text)
        except ValueError:
            return ()
    if not isinstance(text, list | tuple):
        return ()
    return tuple({str(name): str(value) for name, value in row.items()} for row in text if isinstance(row, Mapping))


def written(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows in the one way they are kept; '' for none."""
    listed = [dict(row) for row in rows]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"), default=str) if listed else ""


def hidden(rows: Iterable[Mapping[str, str]], parts: Collection[str]) -> tuple[Row, ...]:
    """The rows with these parts masked where something is there."""
    return tuple({name: MASK if name in parts and value else value for name, value in row.items()} for row in rows)


def shown_again(rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, str]]) -> tuple[dict[str, Any], ...]:
    """Rows that came back from somebody who saw them masked: what is still masked is what that row had before. Which row
    it was is its `row`, or else its place."""
    found = []
    for place, row in enumerate(rows, 1):
        was = _place(row.get(ROW), place)
        former = before[was - 1] if 1 <= was <= len(before) else {}
        parts = {name: value for name, value in row.items() if name != ROW}
        found.append({name: former.get(name, "") if value == MASK else value for name, value in parts.items()})
    return tuple(found)


def _place(told: object, usual: int) -> int:
    word = str(told or "")
    return int(word) if word.isdecimal() and len(word) < 4 else usual


def differences(before: Sequence[Row], after: Sequence[Row], masked: Collection[str] = ()) -> tuple[RowChange, ...]:
    """Row by row what differs, in the order of the later list; parts in `masked` are hidden in the answer, not in the
    comparison."""
    keys = [[written([row]) for row in rows] for rows in (before, after)]
    old, new = hidden(before, masked), hidden(after, masked)
    found: list[RowChange] = []
    for what, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for n in range(max(b - a, d - c)):
            found.append(RowChange(old[a + n] if a + n < b else None, new[c + n] if c + n < d else None))
    return tuple(found)
