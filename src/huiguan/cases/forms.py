"""A matter's answers: read by the procedure's fields, the sensitive ones sealed, compared from round to round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiguan.cases.models import Compared, Matter, Round
from huiguan.foundation import sealing
from huiguan.kernel.refusals import InvalidInput
from huiguan.parties.profiles import UNKNOWN, check_profile
from huiguan.rules.courses import Course
from huiguan.rules.kinds import member_type, profile
from huiguan.rules.kinds.profile import Field
from huiguan.rules.moving import OPEN, RETURNED
from huiguan.rules.programme import Programme

MASK = "••••"
_NAMES = ("name", "unit_name", "organisation", "company", "applicant")
TYPE = "member_type"  # the answer that says which sort of member somebody wants to be


def asked(rulebook: Programme, course: Course, given: Mapping[str, Any]) -> tuple[tuple[str, Field], ...]:
    """The fields the form asks for, each with its clause: those of the procedure, without what the profile has for other
    sorts of members alone."""
    sort = str(given.get(TYPE) or "")
    types = member_type.types(rulebook)
    if course.field(TYPE) is None or sort not in types:
        return course.fields
    own = {field.name for field in profile.form_of(rulebook, sort)[1]}
    others = {field.name for each in types for field in profile.form_of(rulebook, each)[1]} - own
    return tuple((clause, field) for clause, field in course.fields if field.name not in others)


def read_answers(
    rulebook: Programme, course: Course, given: Mapping[str, Any], today: date, *, whole: bool
) -> dict[str, str]:
    """What was given in the one way it is kept. InvalidInput for the first wrong answer; with `whole` also for the first
    required one that is missing, naming its clause."""
    values, faults = looked_through(rulebook, course, given, today, whole=whole)
    for fault in faults:
        raise fault
    return values


def looked_through(
    rulebook: Programme, course: Course, given: Mapping[str, Any], today: date, *, whole: bool
) -> tuple[dict[str, str], tuple[InvalidInput, ...]]:
    """The answers that are right, in the one way they are kept, and everything that is wrong with the others; with
    `whole` also what is required and missing. An answer the form no longer asks for, since another sort of member was
    chosen, stays while nothing is handed in, and is no part of a whole form."""
    known, fields = {field.name for _, field in course.fields}, asked(rulebook, course, given)
    wanted = {field.name for _, field in fields}
    values = {} if whole else {name: str(given[name]) for name in known - wanted if given.get(name) not in (None, "")}
    faults = [InvalidInput(field=f"form.{name}", rule=UNKNOWN) for name in given if name not in known]
    for clause in dict.fromkeys(clause for clause, _ in fields):
        listed = [field for id, field in fields if id == clause]
        own = {field.name: given.get(field.name) for field in listed}
        checked = check_profile(listed, own, today=today, clause=clause, within="form")
        faults += [*checked.wrong, *(checked.missing if whole else ())]
        values.update(checked.values)
    return values, tuple(faults)


def answers_of(row: Matter) -> dict[str, Any]:
    """Every answer in the clear."""
    return {**row.form, **opened(row.sealed, bound_of(row))}


def addresses(row: Matter, course: Course) -> dict[str, str]:
    """The applicant's own phone and mailbox, by kind (phone, email), in clear; without those her form leaves blank."""
    answers = answers_of(row)
    named = [(field.type, answers.get(field.name)) for field in course.own_addresses]
    return {kind: str(value) for kind, value in reversed(named) if value}


def opened(sealed: bytes | memoryview | None, bound: str) -> dict[str, Any]:
    """The sensitive answers."""
    if sealed is None:
        return {}
    found: dict[str, Any] = json.loads(sealing.unseal(bytes(sealed), bound=bound))
    return found


def keep(row: Matter, course: Course, values: Mapping[str, Any]) -> None:
    """Put answers into the matter's row: open ones as they are, sensitive ones sealed. Not saved."""
    secret = {name for _, field in course.fields if field.sensitive for name in [field.name]}
    row.form = {name: value for name, value in values.items() if name not in secret}
    hidden = {name: value for name, value in values.items() if name in secret}
    row.sealed = sealing.seal(json.dumps(hidden, ensure_ascii=False), bound=bound_of(row)) if hidden else None
    row.name = next((str(values[name])[:120] for name in _NAMES if values.get(name)), row.name)


def bound_of(row: Matter) -> str:
    return f"matter:{row.programme_id}:{row.number}"


def compare(row: Matter, course: Course, values: Mapping[str, Any]) -> None:
    """Write down what the matter is compared by."""
    Compared.objects.filter(matter=row).delete()
    names = dict.fromkeys([*course.terms.compared, *identities(course)])
    Compared.objects.bulk_create(
        Compared(
            programme_id=row.programme_id,
            matter=row,
            field=name,
            blind=sealing.blind(row.programme_id, f"matter:{name}", str(values[name])),
        )
        for name in names
        if values.get(name)
    )


def identities(course: Course) -> tuple[str, ...]:
    """The answers that tell who somebody is, whatever she calls herself."""
    return tuple(field.name for _, field in course.fields if field.type in ("id_number", "credit_code"))


def same_identity(row: Matter, course: Course) -> str | None:
    """The answer by which another matter about the same thing, handed in and not over, is of the same person; None."""
    own = {bytes(each.blind): each.field for each in Compared.objects.filter(matter=row, field__in=identities(course))}
    others = Compared.objects.filter(programme_id=row.programme_id, field__in=list(own.values()), blind__in=list(own))
    living = others.exclude(matter=row).filter(matter__subject=row.subject, matter__state__in=[OPEN, RETURNED])
    found = living.first()
    return own.get(bytes(found.blind)) if found is not None else None


def alike(row: Matter) -> dict[int, tuple[str, ...]]:
    """Other matters with an answer in common: which answers, by the matter's key."""
    own = {(each.field, bytes(each.blind)) for each in Compared.objects.filter(matter=row)}
    found: dict[int, tuple[str, ...]] = {}
    rows = Compared.objects.filter(programme_id=row.programme_id, blind__in=[blind for _, blind in own])
    for other in rows.exclude(matter=row).order_by("matter_id", "field"):
        if (other.field, bytes(other.blind)) in own:
            found[other.matter_id] = (*found.get(other.matter_id, ()), other.field)
    return found


def masked(course: Course, values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers with the sensitive ones hidden."""
    return {name: _hidden(course, name, value) for name, value in values.items()}


def told(row: Matter, course: Course, *, shut: bool) -> dict[str, Any]:
    """Every answer in the clear; those that are sealed hidden where the code is `shut`."""
    values = answers_of(row)
    return masked(course, values) if shut else values


def written(course: Course, given: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody wrote, without the sensitive answers she left hidden as they were shown to her."""
    return {name: value for name, value in given.items() if value != MASK or _hidden(course, name, value) != MASK}


def _hidden(course: Course, name: str, value: Any) -> Any:
    field = course.field(name)
    return MASK if field is not None and field.sensitive and value not in (None, "") else value


def differences(course: Course, before: Round | None, after: Round, bound: str) -> dict[str, tuple[Any, Any]]:
    """The answers that differ between two rounds, both masked where they are sensitive."""
    if before is None:
        return {}
    old = {**before.form, **opened(before.sealed, bound)}
    new = {**after.form, **opened(after.sealed, bound)}
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return {name: (_hidden(course, name, old.get(name)), _hidden(course, name, new.get(name))) for name in names}
