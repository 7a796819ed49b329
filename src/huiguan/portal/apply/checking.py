"""Everything once more before it goes, and handing it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import NameMatter
from huiguan.cases.values import DRAFT, RETURNED
from huiguan.design import lists
from huiguan.design.values import Words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, go_on, show
from huiguan.portal.apply.acting import applying
from huiguan.portal.apply.pages import AnswerLine, AnswerPart
from huiguan.portal.apply.papers import dossier_parts
from huiguan.portal.apply.steps import CHECK, Filling, filling, wizard
from huiguan.rules.kinds.profile import Field
from huiguan.rules.listed import differences, rows_of

_UNFILLED = Text(zh="未填", en="not filled in")


@never_cache
@require_http_methods(["GET", "POST"])
@applying
def check(request: HttpRequest, now: Visiting, number: str) -> HttpResponse:
    """The summary; POST hands it in."""
    held = filling(now, number)
    if held.form.state not in (DRAFT, RETURNED):
        return HttpResponseRedirect(f"{now.base}apply/{number}/")
    if request.method == "GET":
        return _page(request, now, held)
    revision = request.POST.get("revision", "")
    try:
        told = {"matter": number, "revision": int(revision) if revision.isdecimal() else None}
        key = request.POST.get("key") or None
        cases.submit_matter(actor=now.actor, at=now.at, given=read(NameMatter, told), key=key)
    except Refusal as refusal:
        return _page(request, now, filling(now, number), refusal)
    return go_on(request, now, f"apply/{number}/", Text(zh="已提交", en="It is handed in"))


def _page(request: HttpRequest, now: Visiting, held: Filling, refusal: Refusal | None = None) -> HttpResponse:
    faults = queries.form_faults(now.actor, held.form.number, {}, now.at, whole=True)
    parts = answer_parts(now, held, frozenset((each.field or "").split(".")[1] for each in faults if each.field))
    dossiers = dossier_parts(now, held)
    return show(
        request, now, "portal/apply/check.html", page=wizard(now, held, CHECK), answers=parts, revision=held.form.revision,
        faults=len(faults), files=dossiers, open_papers=sum(each.open for each in dossiers),
        unsigned=[each for each in held.signs if each.first and not each.stands], signs=held.signs,
        again=held.form.state == RETURNED, key=get_random_string(22), refusal=refusal,
    )  # fmt: skip


def answer_parts(now: Visiting, held: Filling, faulty: Collection[str] = ()) -> list[AnswerPart]:
    """The answers as they were written, screen by screen; given back, each that differs from what was handed in last.
    `faulty` fields are not whole yet."""
    here = f"{now.base}apply/{held.form.number}/"
    before = queries.handed_in(now.actor, held.form.number, now.at)
    return [
        AnswerPart(
            part.title, f"{here}form/{n}", [_line(each, held.form.values, before, faulty) for each in part.fields]
        )
        for n, part in enumerate(held.parts, 1)
    ]


def _line(
    field: Field, values: Mapping[str, Any], before: Mapping[str, Any] | None, faulty: Collection[str]
) -> AnswerLine:
    value = values.get(field.name)
    title = Text(zh=field.title.zh, en=field.title.en)
    if field.type == "list":
        missing = field.name in faulty
        was = rows_of(before.get(field.name)) if before is not None else rows_of(value)
        rows = lists.changed(field, differences(was, rows_of(value)))
        return AnswerLine(title, shown(field, value), missing, bool(rows), rows=rows)
    changed = before is not None and (before.get(field.name) or None) != (value or None)
    missing = field.required and value in (None, "")
    former = shown(field, before.get(field.name)) if changed and before is not None else ""
    return AnswerLine(title, shown(field, value), missing, changed, former)


def shown(field: Field, value: object) -> Words:
    """An answer as people read it."""
    if value in (None, "", []):
        return _UNFILLED
    if field.type == "list":
        return lists.read(field, value)
    choice = next((each for each in field.choices if each.value == value), None)
    return Text(zh=choice.title.zh, en=choice.title.en) if choice else str(value)
