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
from huiguan.rules.moving import OPEN, RETURNED

MASK = "••••"
_NAMES = ("name", "unit_name", "organisation", "company", "applicant")


def read_answers(course: Course, given: Mapping[str, Any], today: date, *, whole: bool) -> dict[str, str]:
    """What was given in the one way it is kept. InvalidInput for the first wrong answer; with `whole` also for the first
    required one that is missing, naming its clause."""
    known = {field.name for _, field in course.fields}
    for name in given:
        if name not in known:
            raise InvalidInput(field=f"form.{name}", rule=UNKNOWN)
    values: dict[str, str] = {}
    for clause in dict.fromkeys(clause for clause, _ in course.fields):
        fields = [field for id, field in course.fields if id == clause]
        own = {field.name: given.get(field.name) for field in fields}
        checked = check_profile(fields, own, today=today, clause=clause, within="form")
        for fault in (*checked.wrong, *(checked.missing if whole else ())):
            raise fault
        values.update(checked.values)
    return values


def answers_of(row: Matter) -> dict[str, Any]:
    """Every answer in the clear."""
    return {**row.form, **opened(row.sealed, bound_of(row))}


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
    row.name = next((str(values[name])[:120] for name in _NAMES if values.get(name)), "")


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
