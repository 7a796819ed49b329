"""How an applicant is reached, and who wrote it: whoever writes that could be let in there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.cases import codes, forms
from huiguan.cases.models import Matter
from huiguan.kernel.actors import Actor
from huiguan.rules.courses import Course


def begun_with(actor: Actor, earlier: Matter | None, found: Course) -> dict[str, Any]:
    """What an earlier matter knew is not typed again; what is sealed there, only for whom it is not hidden there."""
    if earlier is None:
        return {}
    names = {field.name for _, field in found.fields}
    known = earlier.form if codes.shut_for(actor, earlier) else forms.answers_of(earlier)
    return {name: value for name, value in known.items() if name in names}


def note_address(row: Matter, found: Course, before: Matter | None, actor: Actor, at: datetime) -> bool:
    """Keep when a matter was written, and whether the house, or whoever came in by a code the house was told, wrote how
    the applicant is reached. `before`: the matter as it was, or the one it follows. Whether such a one writes now."""
    shut = codes.of_the_house(actor) or (before is not None and codes.shut_for(actor, before))
    same = before is not None and forms.addresses(row, found) == forms.addresses(before, found)
    row.saved_at = at
    row.house_address = (
        before.house_address if same and before is not None else shut and bool(forms.addresses(row, found))
    )
    return shut
