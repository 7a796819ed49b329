"""What a browser would send back of a form that nobody touched."""

from __future__ import annotations

from collections.abc import Iterable

from huiguan.rules.sentences.filling import Control, FormRow, Line, Rows


def sent(parts: Iterable[Line | Rows]) -> dict[str, list[str]]:
    """Field -> values, as drawn."""
    posted: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Line):
            if part.field and part.on:
                posted[part.field] = ["1"]
            if part.on:
                _controls(posted, [piece.control for piece in part.pieces if piece.control])
        else:
            _rows(posted, part)
    return posted


def _rows(posted: dict[str, list[str]], rows: Rows) -> None:
    posted[rows.count] = [str(len(rows.rows))]
    for row in rows.rows:
        _row(posted, row)


def _row(posted: dict[str, list[str]], row: FormRow) -> None:
    _controls(posted, [piece.control for piece in row.pieces if piece.control])
    if row.inner:
        _rows(posted, row.inner)


def _controls(posted: dict[str, list[str]], controls: list[Control]) -> None:
    for control in controls:
        if control.way == "chips":
            posted[f"n.{control.name}"] = ["1"]
            if control.chosen:
                posted[control.name] = list(control.chosen)
        elif control.way == "where" and control.wheres is None:
            posted[f"{control.name}.raw"] = [control.value]
        elif control.way == "where":
            posted[f"n.{control.name}"] = [str(len(control.wheres or ()))]
            for place, row in enumerate(control.wheres or ()):
                posted[f"{control.name}.{place}.fact"] = [row.fact]
                posted[f"{control.name}.{place}.operator"] = [row.operator]
                posted[f"{control.name}.{place}.value"] = [row.value]
        else:
            posted[control.name] = [control.value]
