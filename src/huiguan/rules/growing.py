"""A clause a rulebook did not have: empty, of some kind, numbered on in the series of the one before it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from huiguan.rules.kinds import KINDS

_ID = re.compile(r"([A-Z][A-Z0-9]{0,9})-(\d{1,3})")
_UNIT = "points"


def new_clause(plains: Mapping[str, Mapping[str, Any]], units: Iterable[str], kind: str, after: str) -> dict[str, Any]:
    """An empty clause of `kind` to stand behind `after`. Its words are the kind's name until somebody writes them; its
    blanks are empty, and named until they are filled in."""
    title = KINDS[kind].TITLE
    both = {"zh": title.zh, "en": title.en}
    plain: dict[str, Any] = {
        "id": next_id(plains, after),
        "kind": kind,
        "number": str(plains[after].get("number", "")) or "—",
        "title": both,
        "text": dict(both),
    }
    needed = KINDS[kind].Parameters.model_fields.get("unit")
    if needed is not None and needed.is_required():
        plain["unit"] = next(iter(units), _UNIT)
    return plain


def next_id(known: Iterable[str], after: str) -> str:
    """The next number of the series the clause before it belongs to."""
    found = _ID.match(after)
    series = found.group(1) if found else "T"
    numbers = [int(each.group(2)) for each in map(_ID.match, known) if each and each.group(1) == series]
    return f"{series}-{max(numbers, default=0) + 1:02d}"
