"""The steps of an application: the form's parts, papers, what is signed, and the look over everything before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.cases import queries
from huiguan.cases.values import RETURNED, AcceptanceTold, ApplicantStatus, FormPart, FormTold
from huiguan.design.values import Words
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting
from huiguan.portal.apply.pages import StepLink, Wizard
from huiguan.rules.dossiers import Standing
from huiguan.rules.kinds.profile import Field

MOST = 7  # fields on one screen
PAPERS, SIGNATURE, CHECK = "papers", "signature", "check"
_PAPERS = Text(zh="材料", en="Papers")
_SIGNATURE = Text(zh="签署", en="Signatures")
_CHECK = Text(zh="核对并提交", en="Look it over and hand in")


@dataclass(frozen=True, slots=True)
class Filling:
    """A matter as it is filled in: its form, dossiers and acceptances, and where it stands."""

    form: FormTold
    files: tuple[Standing, ...]
    signs: tuple[AcceptanceTold, ...]
    status: ApplicantStatus

    @property
    def parts(self) -> Sequence[FormPart]:
        return screens(self.form.parts)


def filling(now: Visiting, number: str) -> Filling:
    """The matter in hand."""
    actor, at = now.actor, now.at
    signs = tuple(each for each in queries.acceptances(actor, number, at) if each.own)
    files = queries.dossiers(actor, number, at)
    return Filling(queries.form(actor, number, at), files, signs, queries.status_for_applicant(actor, number, at))


def screens(parts: Sequence[FormPart]) -> list[FormPart]:
    """The form, a thumb's length at a time: parts of few fields together, a long one in several."""
    found: list[FormPart] = []
    for part in parts:
        last = found[-1] if found else None
        if last is not None and len(last.fields) + len(part.fields) <= MOST:
            found[-1] = FormPart(last.clause, last.title, (*last.fields, *part.fields))
        else:
            found += _pieces(part)
    return found


def _pieces(part: FormPart) -> list[FormPart]:
    """A part in as few screens as it takes, all about as long."""
    count = -(-len(part.fields) // MOST)
    length = -(-len(part.fields) // count)
    return [
        FormPart(part.clause, _numbered(part.title, n, count), part.fields[(n - 1) * length : n * length])
        for n in range(1, count + 1)
    ]


def _numbered(title: Text, n: int, count: int) -> Text:
    return title if count == 1 else Text(zh=f"{title.zh}（{n}/{count}）", en=f"{title.en} ({n}/{count})")


def wizard(now: Visiting, held: Filling, current: str) -> Wizard:
    """Where one stands among the steps."""
    here = f"{now.base}apply/{held.form.number}/"
    steps = _steps(held, here, current)
    place = next(place for place, each in enumerate(steps) if each.state == "now")
    return Wizard(
        number=held.form.number, here=here, title=held.form.title, steps=steps, n=place + 1,
        back=steps[place - 1].href if place else here,
        onward=steps[place + 1].href if place + 1 < len(steps) else here,
        reason=held.status.reason if held.form.state == RETURNED else "",
        due=held.status.due_at if held.form.state == RETURNED else None,
    )  # fmt: skip


def _steps(held: Filling, here: str, current: str) -> list[StepLink]:
    parts, values = held.parts, held.form.values
    listed: list[tuple[str, Words, bool]] = [
        (f"form/{place}", part.title, all(answered(field, values.get(field.name)) for field in part.fields))
        for place, part in enumerate(parts, 1)
    ]
    if held.files:
        listed.append((PAPERS, _PAPERS, all(each.complete for each in held.files)))
    if held.signs:
        listed.append((SIGNATURE, _SIGNATURE, all(each.stands or not each.first for each in held.signs)))
    listed.append((CHECK, _CHECK, False))
    return [
        StepLink(f"{here}{slug}", title, "now" if slug == current else "done" if done else "open")
        for slug, title, done in listed
    ]


def answered(field: Field, value: object) -> bool:
    """Whether nothing is missing in a field."""
    return not field.required or value not in (None, "")
