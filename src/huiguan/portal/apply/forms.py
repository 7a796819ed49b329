"""The form, a screen at a time. What is right is written down at once, here and with the house; what is wrong stays on the
screen with the reason beside it. Nothing is handed in by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.cases import operations as cases
from huiguan.cases import queries
from huiguan.cases.inputs import SaveMatter
from huiguan.cases.values import LIVING, OPEN, FormPart
from huiguan.design.forms import ProfileForm
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, clause_refs, refused, show
from huiguan.portal.apply.acting import applying
from huiguan.portal.apply.steps import Filling, filling, wizard
from huiguan.rules.listed import written

_STEP = Text(zh="步骤", en="step")


@never_cache
@require_http_methods(["GET", "POST"])
@applying
def step(request: HttpRequest, now: Visiting, number: str, n: int) -> HttpResponse:
    """One screen; POST writes it down and goes on."""
    held = filling(now, number)
    if held.form.state == OPEN or held.form.state not in LIVING:
        return HttpResponseRedirect(f"{now.base}apply/{number}/")
    if not 1 <= n <= len(held.parts):
        raise NotFound(what=_STEP, given=str(n))
    part = held.parts[n - 1]
    if request.method == "GET":
        return _page(request, now, held, n, _bound(held, part), ())
    form = ProfileForm(part.fields, data=request.POST)
    if form.reshaped:
        return _page(request, now, held, n, form, (), status=200)
    faults = _write(now, number, part, form)
    if faults:
        left = form.refuse(faults)
        return _page(request, now, filling(now, number), n, form, left)
    onward = wizard(now, filling(now, number), f"form/{n}").onward
    return HttpResponseRedirect(f"{now.base}apply/{number}/" if request.POST.get("later") else onward)


@require_POST
@applying
def keep(request: HttpRequest, now: Visiting, number: str, n: int) -> HttpResponse:
    """What was typed so far, written down while one goes on typing. Nothing is said of what is not right yet."""
    held = filling(now, number)
    if held.form.state == OPEN or held.form.state not in LIVING or not 1 <= n <= len(held.parts):
        return HttpResponse(status=409)
    part = held.parts[n - 1]
    _write(now, number, part, ProfileForm(part.fields, data=request.POST))
    return HttpResponse(status=204)


def _bound(held: Filling, part: FormPart) -> ProfileForm:
    return ProfileForm(part.fields, initial=_texts(held.form.values))


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Answers as a form has them: a list as the text of its rows."""
    return {
        name: written(value) if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value is not None
    }


def _write(now: Visiting, number: str, part: FormPart, form: ProfileForm) -> Sequence[Refusal]:
    """Write down every answer that is right and has changed; what is wrong with the others."""
    typed = form.answers()
    faults = _faults(now, number, typed)
    wrong = {_head(each) for each in faults}
    before = _texts(queries.form(now.actor, number, now.at).values)
    answers = {name: value or None for name, value in typed.items() if name not in wrong}
    changed = {name: value for name, value in answers.items() if value != (before.get(name) or None)}
    if changed:
        try:
            given = read(SaveMatter, {"matter": number, "form": changed})
            cases.save_matter(actor=now.actor, at=now.at, given=given)
        except Refusal as refusal:
            return (*faults, refusal)
    return faults


def _faults(now: Visiting, number: str, typed: dict[str, str]) -> list[InvalidInput]:
    given = {name: value or None for name, value in typed.items()}
    found = queries.form_faults(now.actor, number, given, now.at)
    return [each for each in found if _head(each) in typed]


def _head(fault: InvalidInput) -> str:
    """The field a fault is about; of a part of a list the list."""
    return (fault.field or "").removeprefix("form.").partition(".")[0]


def _page(
    request: HttpRequest,
    now: Visiting,
    held: Filling,
    n: int,
    form: ProfileForm,
    left: Sequence[Refusal],
    status: int = 0,
) -> HttpResponse:
    wrong = sum(len(each) for each in form.errors.values()) if form.is_bound else 0
    part = held.parts[n - 1]
    return show(
        request, now, "portal/apply/form.html", page=wizard(now, held, f"form/{n}"), form=form, part=part, wrong=wrong,
        clauses=clause_refs(now, part.clause), refusals=[refused(each, now) for each in left],
        key=get_random_string(22),
        status=status or (422 if wrong or left else 200),
    )  # fmt: skip
