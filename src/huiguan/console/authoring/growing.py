"""A draft that grows: a clause of a kind it had none of yet, or another one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from huiguan.console.authoring.drafting import Opened
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.editing import with_clause
from huiguan.rules.kinds import KINDS

_ID = re.compile(r"([A-Z][A-Z0-9]{0,9})-(\d{1,3})")
_NO_KIND = Text(zh="没有这种条款", en="is no kind of clause")
_NO_PLACE = Text(zh="没有这一条", en="is no clause of the draft")
_UNIT = "points"


def with_new_clause(on: Opened, kind: str, after: str) -> tuple[str, str]:
    """The draft's file with an empty clause of `kind` behind `after`, and its id. Its words are the kind's name until
    somebody writes them; its blanks are empty, and named until they are filled in."""
    if kind not in KINDS:
        raise InvalidInput(field="kind", rule=_NO_KIND)
    if after not in on.plains:
        raise InvalidInput(field="after", rule=_NO_PLACE)
    id = _next_id(on.plains, after)
    title = KINDS[kind].TITLE
    both = {"zh": title.zh, "en": title.en}
    plain: dict[str, Any] = {
        "id": id,
        "kind": kind,
        "number": str(on.plains[after].get("number", "")) or "—",
        "title": both,
        "text": dict(both),
    }
    needed = KINDS[kind].Parameters.model_fields.get("unit")
    if needed is not None and needed.is_required():
        plain["unit"] = next(iter(on.rulebook.units), _UNIT) if on.rulebook else _UNIT
    return with_clause(on.draft.source, plain, after), id


def _next_id(known: Iterable[str], after: str) -> str:
    """The next number of the series the clause before it belongs to."""
    found = _ID.match(after)
    series = found.group(1) if found else "T"
    numbers = [int(each.group(2)) for each in map(_ID.match, known) if each and each.group(1) == series]
    return f"{series}-{max(numbers, default=0) + 1:02d}"
