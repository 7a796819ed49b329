"""Chinese read as pinyin, without tones; whatever is no Chinese stays as it is written."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


def syllables(text: str) -> list[str]:
    """The reading of each character: 单雄信 is dan, xiong, xin."""
    return list(_library().lazy_pinyin(text))


def initials(text: str) -> list[str]:
    """The first letter of each reading."""
    library = _library()
    return list(library.lazy_pinyin(text, style=library.Style.FIRST_LETTER))


def load() -> None:
    """Load the readings now: for a process that answers people and must not wait for them at its first name."""
    _library()


@cache
def _library() -> Any:
    """Its phrases take longer to load than all the rest of a command: only what reads a name waits for them."""
    return import_module("pypinyin")
