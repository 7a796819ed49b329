"""Profile: which fields a member's form has, which must be filled in, which are kept sealed, and by when.

A form with a required field left blank is not saved, and the field is named (`parties` reads the values by their types).
Members of different types may have different forms: a unit gives its credit code, a person her birthday.
A form entered on a later day than it was filled in is marked late; it still counts.
A field may be a list: rows that each have the same parts, as many as the clause allows (contacts, shareholders). What is
`once` belongs to one person alone: the same identity number does not join twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Warn
from huiguan.rules.fields import Choice as Choice
from huiguan.rules.fields import Field as Field
from huiguan.rules.fields import Part as Part
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import member_type
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "parties"
TITLE = Text(zh="会员资料", en="Profile")


class Parameters(Base):
    """`fields` of the form, the required ones in one clause; for members of `types` alone where any is named.
    `entered: same_day` marks a form entered on a later day as late. What is known of a former member is erased
    `kept_months` after she left, of an applicant who became none `applicant_days` after her matter ended (else as long);
    the books stay."""

    types: list[Slug] = []
    fields: list[Field] = []
    entered: Literal["same_day"] | None = None
    kept_months: Positive | None = None
    applicant_days: Positive | None = None


SAYS = {
    "missing": Text(zh="{title}必填，没有填写。", en="{title} is required and was left blank."),
    "row_missing": Text(
        zh="第 {n} 行的{title}必填，没有填写。", en="{title} is required in row {n} and was left blank."
    ),
    "rows_few": Text(
        zh="{title}至少填 {least} 行，现有 {n} 行。",
        en="{title} takes at least {least} {least:row|rows}; there are {n}.",
    ),
    "rows_many": Text(
        zh="{title}至多填 {most} 行，现有 {n} 行。", en="{title} takes at most {most} {most:row|rows}; there are {n}."
    ),
    "late": Text(
        zh="{filled:day}填表，{entered:day}才录入，晚了 {days} 天。",
        en="Filled in on {filled:day}, entered only on {entered:day} (days late: {days}).",
    ),
    "erased": Text(
        zh="{left:day}离开，资料保留 {months} 个月，到{until:day}零点删除。",
        en="Left on {left:day}; what is known is kept for {months} {months:month|months} and erased on {until:day}, 0:00.",
    ),
    "on_time": Text(zh="填表当天录入。", en="Entered on the day it was filled in."),
}


@once
def kept(programme: Programme) -> tuple[Clause, int] | None:
    """For how many months what is known of a former member is kept, the longest that any clause says; None: no end."""
    found = [(c, c.parameters.kept_months) for c in programme.of("profile") if c.parameters.kept_months]  # type: ignore[attr-defined]
    return max(found, key=lambda each: each[1], default=None)


@once
def kept_of_applicants(programme: Programme) -> tuple[Clause, int] | None:
    """For how many days what an applicant gave is kept who became no member, the longest that any clause says; None where
    none does."""
    found = [(c, c.parameters.applicant_days) for c in programme.of("profile") if c.parameters.applicant_days]  # type: ignore[attr-defined]
    return max(found, key=lambda each: each[1], default=None)


@once
def form(programme: Programme) -> tuple[Clause | None, tuple[Field, ...]]:
    """The first clause that lists fields, and all fields in the file's order; (None, ()) where there is no form. Of a
    rulebook with several forms, one for each type of member, every field there is."""
    listing = _listing(programme.of("profile"))
    fields = {field.name: field for clause in reversed(listing) for field in reversed(_fields(clause))}
    return (listing[0] if listing else None), tuple(reversed(fields.values()))


def form_of(programme: Programme, type: str) -> tuple[Clause | None, tuple[Field, ...]]:
    """The form of members of a type: as `form`, of the clauses that are for everybody or for them."""
    return forms(programme).get(type) or form(programme)


@once
def forms(programme: Programme) -> dict[str, tuple[Clause | None, tuple[Field, ...]]]:
    """The form of each type of member; none where the rulebook knows but one sort."""
    found: dict[str, tuple[Clause | None, tuple[Field, ...]]] = {}
    for name in member_type.types(programme):
        listing = [clause for clause in _listing(programme.of("profile")) if _is_for(clause, name)]
        fields = tuple(field for clause in listing for field in _fields(clause))
        found[name] = (next((clause for clause in listing), None), fields)
    return found


def _listing(clauses: Iterable[Clause]) -> list[Clause]:
    return [clause for clause in clauses if _fields(clause)]


def _fields(clause: Clause) -> list[Field]:
    return clause.parameters.fields  # type: ignore[attr-defined,no-any-return]


def _is_for(clause: Clause, type: str) -> bool:
    types: list[str] = clause.parameters.types  # type: ignore[attr-defined]
    return not types or type in types


def entry(programme: Programme, *, filled_in: date, entered: date) -> Decision:
    """Whether a form of local day `filled_in` was entered in time; late is a warning, never a refusal."""
    clause = programme.first_of("profile", entered="same_day")
    if clause is None:
        return NOTHING
    if entered <= filled_in:
        return Decision(reasons=(Reason(clause.id, "on_time", True, {}),))
    values = {"filled": filled_in.isoformat(), "entered": entered.isoformat(), "days": (entered - filled_in).days}
    return Decision((Warn(clause.id, "EnteredLate", values),), (Reason(clause.id, "late", False, values),))


_TWICE = Text(zh="字段 {name} 写了两次。", en="The field {name} is listed twice.")
_REQUIRED_TWICE = Text(
    zh="必填的字段只在一条里列出；{first} 已经列过。",
    en="One clause lists the fields that are required; {first} already does.",
)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each field once in a form; those that are required in one clause, which is named where one is left blank."""
    found = [
        finding
        for clause in clauses
        for finding in member_type.strangers(programme, clause, clause.parameters.types)  # type: ignore[attr-defined]
    ]
    for name in member_type.types(programme) or [""]:
        told = _one_form([clause for clause in _listing(clauses) if _is_for(clause, name)], programme)
        found += [each for each in told if each not in found]
    return found


def _one_form(listing: list[Clause], programme: Programme) -> list[Finding]:
    found: list[Finding] = []
    seen: set[str] = set()
    for clause in listing:
        fields = _fields(clause)
        if clause is not listing[0] and any(field.required for field in fields):
            found.append(refused(programme, clause, "two_forms", "fields", _REQUIRED_TWICE, first=listing[0].id))
        for name, times in Counter(field.name for field in fields).items():
            if times > 1 or name in seen:
                found.append(refused(programme, clause, "field_twice", "fields", _TWICE, name=name))
            seen.add(name)
    return found
