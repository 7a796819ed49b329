"""A text laid over what it was before: what went is struck out, what came is underlined. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from huiguan.console.authoring.pages import Piece

# A number, a word of letters, or one character: Chinese has no blanks between its words.
_PARTS = re.compile(r"\d[\d,.]*\d|\d|[A-Za-z’']+|\s+|.", re.DOTALL)


def laid_over(before: str, now: str) -> tuple[Piece, ...]:
    """`now` with what it had of `before` and has no more."""
    return tuple(_joined(_pieces(_PARTS.findall(before), _PARTS.findall(now))))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[begin:end]))
            continue
        if last > first:
            yield Piece("".join(old[first:last]), "del")
        if end > begin:
            yield Piece("".join(new[begin:end]), "ins")


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if last is not None and last.kind == piece.kind:
            last = Piece(last.words + piece.words, last.kind)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
