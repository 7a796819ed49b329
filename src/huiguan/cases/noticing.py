"""What is shown to the public, masked, and what is said against it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.cases import clocks, forms
from huiguan.cases.clocks import Days
from huiguan.cases.models import Matter, Notice, Objection
from huiguan.rules.courses import Course
from huiguan.rules.effects import PostNotice
from huiguan.rules.kinds.profile import Field, Part
from huiguan.rules.listed import rows_of

_LONG = 6  # from here on the middle of an answer is hidden, below it all but its first character


def post(row: Matter, course: Course, effect: PostNotice, at: datetime, days: Days) -> None:
    """Post what the stage shows; the matter's clock is the notice's."""
    over = clocks.due(days, at, effect.count, effect.unit)
    shown = shown_of(row, course, effect.shows)
    Notice.objects.create(
        programme_id=row.programme_id, matter=row, stage=effect.stage, shown=shown, posted_at=at, ends_at=over.at
    )
    row.due_at, row.provisional = over.at, over.provisional


def shown_of(row: Matter, course: Course, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The answers a notice shows, masked as the public may see them; the applicant's name where none are named."""
    form = forms.answers_of(row)
    told: list[dict[str, Any]] = []
    for name in names:
        field = course.field(name)
        if field is None or form.get(name) in (None, ""):
            continue
        title = {"zh": field.title.zh, "en": field.title.en}
        told.append({"field": name, "title": title, "value": _shown(field, str(form[name]))})
    return told


def _shown(field: Part, answer: str) -> Any:
    """One answer as the public sees it: a choice in both languages, a list row by row, each part by itself."""
    if isinstance(field, Field) and field.type == "list":
        rows = [[_shown(part, row[part.name]) for part in field.parts if row.get(part.name)] for row in rows_of(answer)]
        tongues = {lang: "；".join(" ".join(_in(lang, each) for each in row) for row in rows) for lang in ("zh", "en")}
        return {"zh": tongues["zh"], "en": tongues["en"].replace("；", "; ")}
    choice = next((each for each in field.choices if each.value == answer), None)
    if choice is not None:
        return {"zh": choice.title.zh, "en": choice.title.en}
    return public(answer, field.type, field.sensitive)


def _in(lang: str, told: Any) -> str:
    return str(told[lang] if isinstance(told, dict) else told)


def public(text: str, kind: str, sensitive: bool) -> str:
    """One answer as the public sees it: 138****0001, 李*, 91*************8A; other words as they are."""
    if kind == "email":
        name, _, host = text.partition("@")
        return f"{name[:1]}***@{host}"
    if kind in ("phone", "id_number", "credit_code", "card") or (sensitive and len(text) > _LONG):
        ends = 4 if kind != "phone" else 3
        return f"{text[:ends]}{'*' * max(4, len(text) - ends - 4)}{text[-4:]}" if len(text) > ends + 4 else "****"
    if sensitive or kind == "date":
        return f"{text[:1]}{'*' * max(1, len(text) - 1)}"
    return text


def running(row: Matter) -> Notice | None:
    """The notice of the stage the matter is in, up or over; None where none was posted."""
    rows = Notice.objects.filter(matter=row, stage=row.stage, taken_down_at=None, posted_at__gte=row.entered_at)
    return rows.order_by("-posted_at").first() if row.entered_at is not None else None


def unanswered(notice: Notice) -> bool:
    return Objection.objects.filter(notice=notice, answered_at=None).exists()


def take_down(row: Matter, at: datetime) -> None:
    """A matter that ended or went back is shown no more."""
    Notice.objects.filter(matter=row, taken_down_at=None, ends_at__gt=at).update(taken_down_at=at)
