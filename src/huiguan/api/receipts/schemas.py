"""Receipts as programs read them."""

from __future__ import annotations

from huiguan.api.schemas import Answer


class ReceiptAnswer(Answer):
    """A slip ready to be printed: `text` in `columns` columns (a Chinese character takes two), `html` one file that needs
    no other. `width` is the paper's in millimetres."""

    number: str
    width: int
    columns: int
    text: str
    html: str
