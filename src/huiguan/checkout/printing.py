"""A receipt in columns of plain text, for a printer that counts a Chinese character as two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from huiguan.checkout.values import Receipt, ReceiptLine
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.text import Text

# What the character sets of receipt printers lack, as they have it.
_PRINTABLE = str.maketrans({"×": "x", "\u2212": "-", "¥": "￥", "–": "-", "—": "-", "’": "'"})
_PIECES = re.compile(r"\s+|[!-~]+|.", re.DOTALL)
_SIGNED = Text(zh="已签", en="signed")
_CLOSING = frozenset("。，、；：！？）》」』”’,.;:!?)")
_WIDE = frozenset("WFA")


def width_of(text: str) -> int:
    """How many columns `text` takes."""
    return sum(2 if unicodedata.east_asian_width(each) in _WIDE else 1 for each in text)


def wrapped(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, between words or Chinese characters; no line begins with a closing mark."""
    lines = [""]
    for piece in _pieces(text.translate(_PRINTABLE), columns):
        if width_of(lines[-1] + piece) <= columns:
            lines[-1] += piece
        elif not piece.isspace():
            lines[-1] = lines[-1].rstrip()
            lines.append(piece)
    return [line.rstrip() for line in lines]


def _pieces(text: str, columns: int) -> list[str]:
    """Words, single wide characters and blanks, in order; a closing mark stays with what it closes."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if piece in _CLOSING and pieces and width_of(pieces[-1] + piece) <= columns:
            pieces[-1] += piece
        else:
            pieces += [piece[i : i + columns] for i in range(0, len(piece), columns)]
    return pieces


def _pair(left: str, right: str, columns: int, indent: int = 0) -> Iterator[str]:
    """`left` wrapped, `right` at the right edge, on a line of its own where both do not fit."""
    right = right.translate(_PRINTABLE)
    lines = [" " * indent + line for line in wrapped(left, columns - indent)]
    room = columns - width_of(lines[-1])
    if room > width_of(right):
        yield from lines[:-1]
        yield lines[-1] + " " * (room - width_of(right)) + right
        return
    yield from lines
    for line in wrapped(right, columns - indent):
        yield " " * (columns - width_of(line)) + line


def _centred(text: str, columns: int) -> Iterator[str]:
    for line in wrapped(text, columns):
        yield " " * ((columns - width_of(line)) // 2) + line


def receipt_text(receipt: Receipt, columns: int, lang: str) -> str:
    """The receipt as text of `columns` (32 for 58 mm paper, 48 for 80 mm), every line ended, Chinese in two columns."""
    rows: list[str] = []
    rule = "-" * columns

    def pairs(told: Iterable[tuple[Text, str]]) -> None:
        for word, value in told:
            rows.extend(_pair(word.of(lang), value, columns))

    for head in (receipt.house, receipt.shop, receipt.title):
        rows += _centred(head.of(lang), columns)
    rows.append(rule)
    pairs(receipt.facts)
    if receipt.lines:
        rows.append(rule)
    for line in receipt.lines:
        rows += _line(line, columns, lang)
    rows.append(rule)
    pairs((word, as_yuan(amount)) for word, amount in (*receipt.sums, *receipt.tenders))
    if receipt.member:
        rows.append(rule)
        pairs((word, value.of(lang)) for word, value in receipt.member)
    if receipt.signs:
        rows.append(rule)
        pairs((word, _SIGNED.of(lang) if done else "_" * (columns // 2)) for word, done in receipt.signs)
    for texts in (receipt.says, receipt.policy):
        if texts:
            rows.append(rule)
            rows += [line for text in texts for line in wrapped(text.of(lang), columns)]
    rows += [rule, *_centred(receipt.number, columns)]
    return "".join(f"{row}\n" for row in rows)


def _line(line: ReceiptLine, columns: int, lang: str) -> Iterator[str]:
    if line.piece is None:
        yield from _pair(line.name, f"x {line.quantity}", columns)
        return
    yield from wrapped(line.name, columns)
    yield from _pair(f"{line.quantity} x {as_yuan(line.piece)}", as_yuan(line.listed), columns)
    for name, amount in line.offs:
        yield from _pair(name.of(lang), as_yuan(amount), columns, indent=2)
