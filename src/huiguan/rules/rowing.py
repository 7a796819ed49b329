"""Conditions on the rows of a list in a form: "no further contact without mobile and mailbox". Pure.

The language is that of every condition; the facts are the parts of the list, each by its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Self

from pydantic import model_validator

from huiguan.kernel.text import Text
from huiguan.rules.conditions import Condition, RowCondition, condition
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.fields import Field, Part
from huiguan.rules.findings import Fault, Finding, suggestion
from huiguan.rules.holding import holds
from huiguan.rules.listed import Row, rows_of
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Whole
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import Fact, Type

_TYPES: Mapping[str, Type] = {"date": "day", "number": "number"}


class Counted(Base):
    """How many rows `of` a list in the form fulfil `where` (all of them where it is not said): at `least`, at `most`."""

    of: Slug
    where: RowCondition | None = None
    least: Positive | None = None
    most: Whole | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.least is None and self.most is None:
            raise Fault("写明至少（least）或至多（most）几行", "say how many rows at least or at most")
        return self


SAYS = {
    "rows_as_asked": Text(zh="{list}：符合“{clause}”的有 {n} 行。", en="{list}: {n} of its rows count for “{clause}”."),
    "rows_short": Text(
        zh="{list}里符合“{clause}”的至少要有 {least} 行，现有 {n} 行。",
        en="{list}: “{clause}” takes at least {least} such {least:row|rows}; there are {n}.",
    ),
    "rows_over": Text(
        zh="{list}里“{clause}”的至多 {most} 行，现有 {n} 行：第 {rows} 行。",
        en="{list}: “{clause}” allows {most} such {most:row|rows} at most; there are {n}: {rows}.",
    ),
}
_NO_LIST = Text(zh="表里没有名为 {name} 的列表。{near}", en="No form has a list named {name}.{near}")
_UNREADABLE = Text(zh="{why}", en="{why}")


def lists(programme: Programme) -> dict[str, Field]:
    """The lists that forms ask for, of the profile and of procedures, by name."""
    clauses = (*programme.of("profile"), *programme.of("procedure"))
    fields = (field for clause in clauses for field in clause.parameters.fields)  # type: ignore[attr-defined]
    return {field.name: field for field in fields if field.type == "list"}


def row_condition(raw: Any, field: Field) -> Condition:
    """A condition on the rows of a list as the file writes it; Fault where it cannot be read."""
    return condition(raw, "row", {part.name: _fact(part) for part in field.parts})


def matching(where: Condition | None, field: Field, rows: Iterable[Row]) -> tuple[int, ...]:
    """Which rows fulfil the condition, counted from 1; all of them where there is none."""
    values = [{part.name: _value(part, row.get(part.name)) for part in field.parts} for row in rows]
    return tuple(n for n, each in enumerate(values, 1) if where is None or holds(where, each))


def _fact(part: Part) -> Fact:
    title = Text(zh=part.title.zh, en=part.title.en)
    return Fact(part.name, _TYPES.get(part.type, "word"), "row", "parties", title)


def _value(part: Part, told: str | None) -> Any:
    if not told:
        return None
    match part.type:
        case "date":
            return date.fromisoformat(told)
        case "number":
            return Fraction(told)
    return told


def counted(programme: Programme, fields: Iterable[Field], values: Mapping[str, str]) -> Decision:
    """Whether the lists of a form with these `fields` are as the clauses want them: the reasons, or the first refusal."""
    asked, told = {field.name: field for field in fields if field.type == "list"}, []
    for clause in programme.of("eligibility"):
        rule: Counted | None = clause.parameters.count  # type: ignore[attr-defined]
        field = asked.get(rule.of) if rule is not None else None
        if rule is None or field is None:
            continue
        where = row_condition(rule.where, field) if rule.where is not None else None
        found = matching(where, field, rows_of(values.get(rule.of)))
        say = "rows_short" if len(found) < (rule.least or 0) else "rows_as_asked"
        say = "rows_over" if rule.most is not None and len(found) > rule.most else say
        reason = Reason(clause.id, say, say == "rows_as_asked", _figures(clause, rule, field, found))
        if not reason.given:
            refuse = Refuse(clause.id, "RowsNotAsAsked", "limit", f"profile.{rule.of}", {"reason": reason})
            return Decision((refuse,), (reason,))
        told.append(reason)
    return Decision(reasons=tuple(told))


def _figures(clause: Clause, rule: Counted, field: Field, found: tuple[int, ...]) -> Mapping[str, Any]:
    return {
        "list": {"zh": field.title.zh, "en": field.title.en},
        "clause": {"zh": clause.title.zh, "en": clause.title.en},
        "least": rule.least or 0, "most": rule.most or 0, "n": len(found), "rows": ", ".join(map(str, found)),
    }  # fmt: skip


def list_faults(programme: Programme, clause: Clause) -> Iterator[Finding]:
    """The list that is counted is one of a form, and what is asked of its rows can be read."""
    rule: Counted | None = clause.parameters.count  # type: ignore[attr-defined]
    known = lists(programme)
    if rule is None:
        return
    if rule.of not in known:
        yield refused(
            programme, clause, "unknown_list", "count", _NO_LIST, name=rule.of, near=suggestion(rule.of, known)
        )
        return
    try:
        if rule.where is not None:
            row_condition(rule.where, known[rule.of])
    except Fault as fault:
        yield refused(programme, clause, "unreadable_where", "count", _UNREADABLE, why=fault.text)
