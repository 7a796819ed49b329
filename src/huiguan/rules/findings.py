"""What is wrong or unwise in a rulebook, said so that a shop owner understands it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile
from typing import Any

from huiguan.kernel.text import Text

REFUSE = "refuse"
WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: refuse (cannot be run) or warn (unwise). `line` counts from 1, 0 where there is none; `clause` is an id;
    `path` the dotted parameter. `text` is finished in both languages."""

    level: str
    code: str
    text: Text
    clause: str | None = None
    line: int = 0
    file: str = ""
    path: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON, `text` in both languages."""
        return {
            "level": self.level,
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "clause": self.clause,
            "path": self.path,
            "text": {"zh": self.text.zh, "en": self.text.en},
        }

    def told(self, lang: str) -> str:
        """One line for reading: 'rulebook.yaml:12 B55-13: …'."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(part for part in (where, self.clause) if part) + f": {self.text.of(lang)}"


class Fault(ValueError):
    """A parameter is wrong; raised inside parameter records, told to the author as `text`."""

    def __init__(self, zh: str, en: str, **values: Any) -> None:
        self.text = filled(Text(zh=zh, en=en), **values)
        super().__init__(self.text.en)


def filled(text: Text, **values: Any) -> Text:
    """The sentence finished in both languages, to be read with `of`."""
    return Text(**text.both(**values))


def suggestion(word: str, known: Iterable[str]) -> Text:
    """'did you mean …?' for a near miss, nothing otherwise."""
    near = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    if not near:
        return Text(zh="", en="")
    # among equals the one that begins alike: earm is earn rather than term
    best = max(near, key=lambda each: (SequenceMatcher(None, each, word).ratio(), _begin_alike(each, word)))
    return Text(zh=f"是不是 {best}？", en=f" Did you mean {best}?")


def _begin_alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
