"""A sentence of a kind: words with blanks. Read, a blank shows its figure; filled in, it is the figure's field.

A blank is `{per}`, the parameter of that name; `{last_days.of}` lies within another; `{promote.reach}` is said for each
row of the list `promote`. `{tier:tier}` names a register the answer is chosen from (`registers`). `{per:day|days}` is no
blank: read, the word that goes with the figure; beside a field, the last of the two.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from huiguan.kernel.text import LANGUAGES, Text, chooses

BOTH, FORM, READING = "both", "form", "reading"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`sets`: what it puts into the file by being said at all; `when`: the parameters one of which makes it said, its
    own blanks where none is named; `rows`: the list or table it is said for, row by row; `always`: it cannot be left
    out; `place`: in the form, in reading, or in both."""

    text: Text
    sets: Mapping[str, Any] = field(default_factory=dict)
    when: tuple[str, ...] = ()
    rows: str = ""
    always: bool = False
    place: str = BOTH

    @property
    def paths(self) -> tuple[str, ...]:
        """The blanks in the order in which they stand."""
        return tuple(path for _, path, _ in pieces(self.text.zh) if path)

    @property
    def registers(self) -> tuple[tuple[str, str], ...]:
        """The blanks whose answer is chosen from a register, and which."""
        return tuple((path, register) for _, path, register in pieces(self.text.zh) if path and register)

    @property
    def tops(self) -> tuple[str, ...]:
        """The parameters it stands for: what must be there for it to be said, and what goes with it."""
        own = self.when or tuple(self.sets) or ((self.rows,) if self.rows else self.paths)
        return tuple(dict.fromkeys(path.partition(".")[0] for path in own))


@lru_cache(maxsize=2048)
def spoken(text: str) -> tuple[tuple[str, str, str], ...]:
    """A sentence taken apart to be read: (what is said, the path of the blank behind it or '', its register or words)."""
    return tuple((said, path or "", spec or "") for said, path, spec, _ in string.Formatter().parse(text))


@lru_cache(maxsize=2048)
def pieces(text: str) -> tuple[tuple[str, str, str], ...]:
    """A sentence taken apart: (what is said, the path of the blank behind it or '', its register)."""
    found: list[tuple[str, str, str]] = []
    words = ""
    for said, path, spec in spoken(text):
        words += said
        if chooses(spec):
            words += spec.partition("|")[2]
        else:
            found.append((words, path, spec))
            words = ""
    return (*found, (words, "", "")) if words else tuple(found)


def blanks_agree(sentence: Sentence) -> bool:
    """Whether both languages have the same blanks."""
    told = [sorted(piece[1:] for piece in pieces(sentence.text.of(lang)) if piece[1]) for lang in LANGUAGES]
    return told[0] == told[1]
