"""A matter's answers: read by the procedure's fields, the sensitive ones sealed, compared from round to round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiguan.cases.models import Compared, Matter, Round
from huiguan.foundation import sealing
from huiguan.kernel.refusals import InvalidInput
from huiguan.parties.names import plain
from huiguan.parties.profiles import UNKNOWN, check_profile
from huiguan.rules import listed
from huiguan.rules.courses import Course
from huiguan.rules.kinds import member_type, profile
from huiguan.rules.kinds.profile import Field
from huiguan.rules.listed import RowChange, hidden, rows_of, shown_again, written
from huiguan.rules.moving import OPEN, RETURNED
from huiguan.rules.programme import Programme

MASK = "••••"
_NAMES = ("name", "unit_name", "organisation", "company", "applicant")
IDENTITIES = ("id_number", "credit_code")
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
    left = () if whole else [name for name in known - wanted if given.get(name) not in (None, "", [])]
    values = {name: as_text(given[name]) for name in left}
    faults = [InvalidInput(field=f"form.{name}", rule=UNKNOWN) for name in given if name not in known]
    for clause in dict.fromkeys(clause for clause, _ in fields):
        listed = [field for id, field in fields if id == clause]
        own = {field.name: given.get(field.name) for field in listed}
        checked = check_profile(listed, own, today=today, clause=clause, within="form", draft=True)
        faults += [*checked.wrong, *(checked.missing if whole else ())]
        values.update(checked.values)
    return values, tuple(faults)


def as_text(answer: Any) -> str:
    """An answer as it is kept: text, a list as its rows."""
    return written(rows_of(answer)) if isinstance(answer, list | tuple) else str(answer)


def laid_over(row: Matter, course: Course, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer so far with these instead; what came back hidden, also in a list, is what it was."""
    before, found = answers_of(row), rewritten(course, given)
    for name, answer in found.items():
        field = course.field(name)
        if field is not None and field.hidden:
            rows = rows_of(answer)
            found[name] = shown_again(rows, rows_of(before.get(name))) if rows else answer
    return {**before, **found}


def answers_of(row: Matter) -> dict[str, Any]:
    """Every answer in the clear, a list as the text of its rows."""
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
    secret = {field.name for _, field in course.fields if field.sealed}
    row.form = {name: value for name, value in values.items() if name not in secret}
    hidden = {name: value for name, value in values.items() if name in secret}
    row.sealed = sealing.seal(json.dumps(hidden, ensure_ascii=False), bound=bound_of(row)) if hidden else None
    row.name = next((str(values[name])[:120] for name in _NAMES if values.get(name)), row.name)


def bound_of(row: Matter) -> str:
    return f"matter:{row.programme_id}:{row.number}"


def compare(row: Matter, course: Course, values: Mapping[str, Any]) -> None:
    """Write down what the matter is compared by: the answers its procedure names, and every identity number and credit
    code, also those in its lists."""
    Compared.objects.filter(matter=row).delete()
    names = dict.fromkeys([*course.terms.compared, *identities(course), *_listed_identities(course)])
    found = {(name, mark(row.programme_id, course, name, told)) for name in names for told in told_at(values, name)}
    Compared.objects.bulk_create(
        Compared(programme_id=row.programme_id, matter=row, field=name, blind=blind) for name, blind in sorted(found)
    )


def told_at(values: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """What the answer says, or each row of a list where a part of it is named: `contacts.mobile`."""
    name, _, part = path.partition(".")
    if not part:
        return (str(values[name]),) if values.get(name) else ()
    return tuple(row[part] for row in rows_of(values.get(name)) if row.get(part))


def mark(programme: int, course: Course, path: str, value: str) -> bytes:
    """By which an answer is compared with others: with those to the same question, and an identity number or a credit code
    with every one, whatever its field is called."""
    found = course.part(path)
    kind = found.type if found is not None and found.type in IDENTITIES else path
    return sealing.blind(programme, f"matter:{kind}", plain(value))


def identities(course: Course) -> tuple[str, ...]:
    """The answers that tell who somebody is, whatever she calls herself."""
    return tuple(field.name for _, field in course.fields if field.type in IDENTITIES)


def _listed_identities(course: Course) -> list[str]:
    return [
        f"{field.name}.{part.name}" for _, field in course.fields for part in field.parts if part.type in IDENTITIES
    ]


def same_identity(row: Matter, course: Course) -> str | None:
    """The answer by which another matter about the same thing, handed in and not over, is of the same person; None."""
    own = {bytes(each.blind): each.field for each in Compared.objects.filter(matter=row, field__in=identities(course))}
    others = Compared.objects.filter(programme_id=row.programme_id, blind__in=list(own)).exclude(field__contains=".")
    living = others.exclude(matter=row).filter(matter__subject=row.subject, matter__state__in=[OPEN, RETURNED])
    found = living.first()
    return own.get(bytes(found.blind)) if found is not None else None


def alike(row: Matter) -> dict[int, tuple[tuple[str, str], ...]]:
    """Other matters with an answer in common, by the matter's key: which of its own answers, and which of theirs."""
    own = {bytes(each.blind): each.field for each in Compared.objects.filter(matter=row).order_by("-field")}
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    rows = Compared.objects.filter(programme_id=row.programme_id, blind__in=list(own))
    for other in rows.exclude(matter=row).order_by("matter_id", "field"):
        found[other.matter_id] = (*found.get(other.matter_id, ()), (own[bytes(other.blind)], other.field))
    return found


def masked(course: Course, values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers with the sensitive ones hidden, lists as rows."""
    return {name: _hidden(course, name, value) for name, value in values.items()}


def told(row: Matter, course: Course, *, shut: bool) -> dict[str, Any]:
    """Every answer in the clear, lists as rows; those that are sealed hidden where the code is `shut`."""
    values = answers_of(row)
    return masked(course, values) if shut else in_rows(course, values)


def rewritten(course: Course, given: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody wrote, without the sensitive answers she left hidden as they were shown to her."""
    return {name: value for name, value in given.items() if value != MASK or _hidden(course, name, value) != MASK}


def in_rows(course: Course, values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers in the clear, lists as rows."""
    lists = {field.name for _, field in course.fields if field.type == "list"}
    return {name: list(rows_of(value)) if name in lists else value for name, value in values.items()}


def _hidden(course: Course, name: str, value: Any) -> Any:
    field = course.field(name)
    if field is not None and field.type == "list":
        return list(hidden(rows_of(value), field.hidden))
    return MASK if field is not None and field.sensitive and value not in (None, "") else value


def differences(course: Course, before: Round | None, after: Round, bound: str) -> dict[str, tuple[Any, Any]]:
    """The answers that differ between two rounds, both masked where they are sensitive."""
    if before is None:
        return {}
    old, new = _whole(before, bound), _whole(after, bound)
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return {name: (_hidden(course, name, old.get(name)), _hidden(course, name, new.get(name))) for name in names}


def row_differences(course: Course, before: Round | None, after: Round, bound: str) -> dict[str, tuple[RowChange, ...]]:
    """Of the lists that differ between two rounds, row by row what became of each, masked where it is sensitive."""
    if before is None:
        return {}
    old, new = _whole(before, bound), _whole(after, bound)
    lists = [field for _, field in course.fields if field.type == "list" and old.get(field.name) != new.get(field.name)]
    return {
        field.name: listed.differences(rows_of(old.get(field.name)), rows_of(new.get(field.name)), field.hidden)
        for field in lists
    }


def _whole(of: Round, bound: str) -> dict[str, Any]:
    return {**of.form, **opened(of.sealed, bound)}
