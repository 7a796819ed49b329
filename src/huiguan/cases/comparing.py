"""What a reviewer should know of other matters before deciding: the same credit code, the same representative, an earlier
refusal."""

from __future__ import annotations

from huiguan.cases import forms
from huiguan.cases.holding import Handling
from huiguan.cases.models import Matter
from huiguan.cases.values import STATES, Check
from huiguan.kernel.text import Text

_ALIKE = Text(
    zh="{field}与 {number} {name}（{title}，{state}）相同。",
    en="{field} is the same as in {number} {name} ({title}, {state}).",
)


def conflicts(held: Handling) -> tuple[Check, ...]:
    """Other matters with an answer in common, the newest first."""
    alike = forms.alike(held.row)
    rows = Matter.objects.filter(pk__in=alike, submitted_at__isnull=False).order_by("-seq")
    return tuple(_told(held, row, alike[row.pk]) for row in rows[:20])


def _told(held: Handling, row: Matter, fields: tuple[str, ...]) -> Check:
    known = [held.course.field(name) for name in fields]
    titles = [Text(zh=field.title.zh, en=field.title.en) for field in known if field is not None]
    text = _ALIKE.both(
        field=Text(zh="、".join(each.zh for each in titles), en=", ".join(each.en for each in titles)),
        number=row.number, name=row.name, title=held.course.title if row.procedure == held.row.procedure else row.procedure,
        state=STATES[row.state],
    )  # fmt: skip
    return Check("", row.state != "refused", Text(**text), conflict=True)
