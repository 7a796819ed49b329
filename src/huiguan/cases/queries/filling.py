"""What an applicant fills in and signs, as she comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiguan.cases import codes, dossiers, forms
from huiguan.cases.holding import Handling
from huiguan.cases.models import Round
from huiguan.cases.opening import fills
from huiguan.cases.queries.reading import found
from huiguan.cases.queries.signing import signed_in
from huiguan.cases.refusals import MatterUnknown
from huiguan.cases.values import AcceptanceTold, FormPart, FormTold
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.rules.kinds import acceptance


def form(actor: Actor, number: str, at: datetime) -> FormTold:
    """The form of a matter as its answers so far call for it, clause by clause, for whose it is. MatterUnknown."""
    held = _filled(actor, number, at)
    values = forms.answers_of(held.row)
    own = actor.kind in ("member", "applicant")  # staff who help at the counter see no more than elsewhere
    return FormTold(
        number=held.row.number, procedure=held.row.procedure, title=held.course.title, state=held.row.state,
        revision=held.row.revision, parts=_parts(held, values),
        values=forms.told(held.row, held.course, shut=not own or codes.shut_for(actor, held.row)),
    )  # fmt: skip


def form_faults(
    actor: Actor, number: str, given: Mapping[str, Any], at: datetime, *, whole: bool = False
) -> tuple[InvalidInput, ...]:
    """Everything wrong with answers that were not written down yet, laid over those that were; with `whole` also what is
    still missing. MatterUnknown."""
    held = _filled(actor, number, at)
    values = forms.laid_over(held.row, held.course, given)
    return forms.looked_through(held.rulebook, held.course, values, local_day(at, held.rulebook.zone), whole=whole)[1]


def handed_in(actor: Actor, number: str, at: datetime) -> Mapping[str, Any] | None:
    """The answers as they were handed in last; None where that was never. MatterUnknown."""
    held = _filled(actor, number, at)
    row = Round.objects.filter(matter=held.row).order_by("-n").first()
    if row is None:
        return None
    values = {**row.form, **forms.opened(row.sealed, forms.bound_of(held.row))}
    return forms.masked(held.course, values) if codes.shut_for(actor, held.row) else values


def acceptances(actor: Actor, number: str, at: datetime) -> tuple[AcceptanceTold, ...]:
    """What is to be signed in a matter, and what was: before it is handed in, or because a stage needs it. MatterUnknown."""
    held = _filled(actor, number, at)
    editions = acceptance.editions(held.rulebook)
    needed = {leg.stage.stage: leg.stage.needs for leg in held.course.legs}
    first = {clause.id for clause in dossiers.signed_first(held)}
    told: list[AcceptanceTold] = []
    for name, (clause, edition) in editions.items():
        stage = next((stage for stage, names in needed.items() if name in names), "")
        if clause.id not in first and not stage:
            continue
        reason = acceptance.standing(clause, dossiers.signatures(held))
        told.append(
            AcceptanceTold(
                name, edition, clause.id, clause.title, acceptance.words(clause), reason.given,
                dossiers.acceptance_said(reason), clause.id in first, stage, acceptance.signed_by_member(clause),
                acceptance.template(clause), "member" in acceptance.awaited(clause, dossiers.signatures(held)),
                signed_in(held, name),
            )
        )  # fmt: skip
    return tuple(told)


def _filled(actor: Actor, number: str, at: datetime) -> Handling:
    """The matter, for who fills it in; MatterUnknown for everybody else, also for who decides it."""
    held = found(actor, number, at)
    if not fills(actor, held.row):
        raise MatterUnknown(field="matter", matter=number)
    return held


def _parts(held: Handling, values: Mapping[str, Any]) -> tuple[FormPart, ...]:
    fields = forms.asked(held.rulebook, held.course, values)
    return tuple(
        FormPart(clause, held.rulebook.clauses[clause].title, tuple(field for id, field in fields if id == clause))
        for clause in dict.fromkeys(clause for clause, _ in fields)
    )
