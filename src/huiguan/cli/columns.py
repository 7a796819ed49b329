"""Columns on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len


def padded(word: str, width: int) -> str:
    return word + " " * (width - cell_len(word))


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, each column as wide as its widest word. Nothing is cut off."""
    widths = [max(cell_len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    return ["  ".join(padded(word, width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
