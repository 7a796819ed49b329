"""Words that cross the border of the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiguan.kernel.text import Text

MOST_PAPERS = 500
MOST_BYTES = 300 * 1024 * 1024  # of papers in one copy; what goes beyond is named in it
SHOWN = 300  # rows of a part on its page; all of them stand in the file of data


@dataclass(frozen=True, slots=True)
class Part:
    """One sort of thing that is kept: its rows under named columns. A row may hold more than its columns show. A `table` is
    written as a file of its own too."""

    name: str
    title: Text
    columns: tuple[tuple[str, Text], ...]
    rows: Sequence[Mapping[str, Any]] = ()
    table: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of hers in the copy: where its file lies in it, '' where it was left out or there is none."""

    number: str
    doc: Text
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a copy holds before it is written, papers aside; `facts` of the whole by name."""

    title: Text
    facts: Mapping[str, Any]
    parts: Sequence[Part] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)
    holders: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy as it was written: of whom, how many rows, papers, and papers that were left out."""

    of: str
    rows: int
    papers: int
    left_out: int
