"""A profile against the fields a rulebook wants: what is missing, what is wrong, and the one way each is kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.parties.names import plain
from huiguan.parties.values import CheckedProfile
from huiguan.rules.kinds.profile import SAYS, Field, Part
from huiguan.rules.listed import MOST, ROW, written

NO_ROWS = Text(zh="须为若干行，每行写明各项", en="is a list of rows, each with its parts")
UNKNOWN = Text(zh="章程里没有这个资料项", en="is not a field of the rulebook")


def check_profile(
    rules: Sequence[Field],
    given: Mapping[str, object],
    *,
    today: date,
    clause: str | None = None,
    within: str = "profile",
    draft: bool = False,
) -> CheckedProfile:
    """Read every value by its field's type. `given` holds text, whole numbers, dates, lists of rows or
    None (not given).

    Faults name `<within>.<field>` and bear `clause`. In a `draft` a row that is not whole is kept and what it lacks is
    missing; otherwise it is wrong. A field the rules do not know is a fault, never dropped.
    """
    found = _Found({}, [], [], clause, draft)
    for rule in rules:
        field, answer = f"{within}.{rule.name}", given.get(rule.name)
        if rule.type == "list":
            _read_list(found, rule, answer, field, today)
            continue
        raw = _written(answer)
        if not raw:
            if rule.required:
                found.lacking(field, _required(rule))
            continue
        read = found.read(rule, raw, field, today)
        if read is not None:
            found.values[rule.name] = read
    found.wrong += _strangers(rules, given, within)
    return CheckedProfile(found.values, tuple(found.wrong), tuple(found.missing))


@dataclass(slots=True)
class _Found:
    """What was read so far, and what is wrong or missing by `clause`."""

    values: dict[str, str]
    wrong: list[InvalidInput]
    missing: list[InvalidInput]
    clause: str | None
    draft: bool

    def read(self, rule: Part, raw: str, field: str, today: date) -> str | None:
        """One value in the one way it is kept; None where it is wrong, which is noted."""
        try:
            return read_value(rule, raw, field, today)
        except InvalidInput as fault:
            self.fault(fault.field or field, fault.values["rule"])
            return None

    def fault(self, field: str, rule: Text) -> None:
        self.wrong.append(InvalidInput(field=field, clause=self.clause, rule=rule))

    def unfinished(self, field: str, rule: Text) -> None:
        """Something a row lacks, or a list."""
        self.lacking(field, rule) if self.draft else self.fault(field, rule)

    def lacking(self, field: str, rule: Text) -> None:
        self.missing.append(InvalidInput(field=field, clause=self.clause, rule=rule))


def _read_list(found: _Found, rule: Field, answer: object, field: str, today: date) -> None:
    """The rows of a list, each part by its type; faults name `<field>.<row>.<part>`, rows counted from 1. Rows with
    nothing in them are left out."""
    told = _rows(answer)
    if told is None:
        found.fault(field, NO_ROWS)
        return
    filled = [row for row in told if any(_written(value) for name, value in row.items() if name != ROW)]
    before = len(found.wrong)
    rows = [_read_row(found, rule, row, f"{field}.{n}", n, today) for n, row in enumerate(filled, 1)]
    if not rows and rule.required:
        found.lacking(field, _required(rule))
    if 0 < len(rows) < (rule.least or 0):
        found.unfinished(field, _said("rows_few", rule, least=rule.least, n=len(rows)))
    if len(rows) > (rule.most or MOST):
        found.fault(field, _said("rows_many", rule, most=rule.most or MOST, n=len(rows)))
    if rows and len(found.wrong) == before:
        found.values[rule.name] = written(rows)


def _read_row(found: _Found, rule: Field, row: Mapping[str, object], place: str, n: int, today: date) -> dict[str, str]:
    kept: dict[str, str] = {}
    for part in rule.parts:
        raw = _written(row.get(part.name))
        if raw:
            kept[part.name] = found.read(part, raw, f"{place}.{part.name}", today) or ""
        elif part.required:
            found.unfinished(f"{place}.{part.name}", _said("row_missing", part, n=n))
    known = {part.name for part in rule.parts} | {ROW}
    for name in row:
        if name not in known:
            found.fault(f"{place}.{name}", UNKNOWN)
    return kept


def _rows(answer: object) -> Sequence[Mapping[str, object]] | None:
    """The rows as they came in, a list or its text; None where it is neither."""
    if isinstance(answer, str) and answer.strip():
        try:
            answer = json.loads(answer)
        except ValueError:
            return None
    if answer is None or answer == "":
        return ()
    whole = isinstance(answer, list | tuple) and all(isinstance(row, Mapping) for row in answer)
    return answer if whole else None  # type: ignore[return-value]


def missing_fields(rules: Iterable[Field], known: Iterable[str]) -> tuple[str, ...]:
    """The required fields that are not among the `known` ones."""
    have = set(known)
    return tuple(rule.name for rule in rules if rule.required and rule.name not in have)


def read_value(rule: Part, raw: str, field: str, today: date) -> str:
    """One value in the one way it is kept."""
    match rule.type:
        case "date":
            return (
                formats.birthday(raw, field, today) if "birth" in rule.name else formats.day(raw, field)
            ).isoformat()
        case "choice":
            return _choice(rule, raw, field)
        case "number":
            return formats.number(raw, field, formats.RANGES.get(rule.name))
    return formats.READERS.get(rule.type, formats.text)(raw, field)


def _required(rule: Part) -> Text:
    return _said("missing", rule)


def _said(say: str, rule: Part, **values: object) -> Text:
    says, title = SAYS[say], rule.title
    return Text(zh=says.fill("zh", title=title.zh, **values), en=says.fill("en", title=title.en, **values))


def _choice(rule: Part, raw: str, field: str) -> str:
    """The choice's own word, found by the word or by either of its titles."""
    raw = plain(raw)
    for choice in rule.choices:
        if raw in (choice.value, choice.title.zh, choice.title.en):
            return choice.value
    zh, en = [choice.title.zh for choice in rule.choices], [choice.title.en for choice in rule.choices]
    raise formats.wrong(field, f"只能是 {'、'.join(zh)}", f"must be one of {', '.join(en)}")


def _written(value: object) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if plain(text) else ""


def _strangers(rules: Sequence[Field], given: Mapping[str, object], within: str) -> list[InvalidInput]:
    known = {rule.name for rule in rules}
    return [InvalidInput(field=f"{within}.{name}", rule=UNKNOWN) for name in given if name not in known]
