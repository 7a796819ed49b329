"""Profile: which fields a member's form has, which must be filled in, which are kept sealed, and by when.

A form with a required field left blank is not saved, and the field is named (`parties` reads the values by their types).
A form entered on a later day than it was filled in is marked late; it still counts.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Warn
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.parameters import Bilingual, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "parties"
TITLE = Text(zh="会员资料", en="Profile")
Type = Literal["text", "choice", "date", "phone", "card", "number", "measurements", "id_number", "email"]


class Choice(Base):
    """One answer of a choice: the word kept, and what people read."""

    value: Slug
    title: Bilingual


class Field(Base):
    """One field of the form. `sensitive` is sealed and shown only to those who may reveal it."""

    name: Slug
    title: Bilingual
    type: Type = "text"
    required: bool = False
    sensitive: bool = False
    choices: list[Choice] = []

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise Fault(
                "选项（choices）只用于、且必须用于 choice 类型", "choices go with the type choice, and only with it"
            )
        return self


class Parameters(Base):
    """`fields` of the form, once in a rulebook; `entered: same_day` marks a form entered on a later day as late."""

    fields: list[Field] = []
    entered: Literal["same_day"] | None = None


SAYS = {
    "missing": Text(zh="{title}必填，没有填写。", en="{title} is required and was left blank."),
    "late": Text(
        zh="{filled:day}填表，{entered:day}才录入，晚了 {days} 天。",
        en="Filled in on {filled:day}, entered only on {entered:day} (days late: {days}).",
    ),
    "on_time": Text(zh="填表当天录入。", en="Entered on the day it was filled in."),
}


def form(programme: Programme) -> tuple[Clause | None, tuple[Field, ...]]:
    """The clause that lists the fields and the fields themselves; (None, ()) where the rulebook has no form."""
    for clause in programme.of("profile"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if parameters.fields:
            return clause, tuple(parameters.fields)
    return None, ()


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
_TWO_FORMS = Text(zh="字段只在一条里列出；{first} 已经列过。", en="One clause lists the fields; {first} already does.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """One form in a rulebook, each field once."""
    found: list[Finding] = []
    forms = [clause for clause in clauses if clause.parameters.fields]  # type: ignore[attr-defined]
    for clause in forms:
        if clause is not forms[0]:
            found.append(refused(programme, clause, "two_forms", "fields", _TWO_FORMS, first=forms[0].id))
        names = Counter(field.name for field in clause.parameters.fields)  # type: ignore[attr-defined]
        twice = [name for name, times in names.items() if times > 1]
        found += [refused(programme, clause, "field_twice", "fields", _TWICE, name=name) for name in twice]
    return found
