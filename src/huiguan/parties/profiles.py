"""A profile against the fields a rulebook wants: what is missing, what is wrong, and the one way each is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.parties.names import plain
from huiguan.parties.values import CheckedProfile
from huiguan.rules.kinds.profile import SAYS, Field

UNKNOWN = Text(zh="章程里没有这个资料项", en="is not a field of the rulebook")


def check_profile(
    rules: Sequence[Field],
    given: Mapping[str, object],
    *,
    today: date,
    clause: str | None = None,
    within: str = "profile",
) -> CheckedProfile:
    """Read every value by its field's type. `given` holds text, whole numbers, dates or None (not given).

    Faults name `<within>.<field>` and bear `clause`. A field the rules do not know is a fault, never dropped.
    """
    values: dict[str, str] = {}
    bad: list[InvalidInput] = []
    missing: list[InvalidInput] = []
    for rule in rules:
        field = f"{within}.{rule.name}"
        raw = _written(given.get(rule.name))
        if not raw:
            if rule.required:
                missing.append(InvalidInput(field=field, clause=clause, rule=_required(rule)))
            continue
        try:
            values[rule.name] = read_value(rule, raw, field, today)
        except InvalidInput as fault:
            bad.append(InvalidInput(field=fault.field, clause=clause, **fault.values))
    bad += _strangers(rules, given, within)
    return CheckedProfile(values, tuple(bad), tuple(missing))


def missing_fields(rules: Iterable[Field], known: Iterable[str]) -> tuple[str, ...]:
    """The required fields that are not among the `known` ones."""
    have = set(known)
    return tuple(rule.name for rule in rules if rule.required and rule.name not in have)


def read_value(rule: Field, raw: str, field: str, today: date) -> str:
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


def _required(rule: Field) -> Text:
    title, says = rule.title, SAYS["missing"]
    return Text(zh=says.fill("zh", title=title.zh), en=says.fill("en", title=title.en))


def _choice(rule: Field, raw: str, field: str) -> str:
    """The choice's own word, found by the word or by either of its titles."""
    for choice in rule.choices:
        if raw in (choice.value, choice.title.zh, choice.title.en):
            return choice.value
    zh, en = [choice.title.zh for choice in rule.choices], [choice.title.en for choice in rule.choices]
    raise formats.wrong(field, f"只能是 {'、'.join(zh)}", f"must be one of {', '.join(en)}")


def _written(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else plain(str(value))


def _strangers(rules: Sequence[Field], given: Mapping[str, object], within: str) -> list[InvalidInput]:
    known = {rule.name for rule in rules}
    return [InvalidInput(field=f"{within}.{name}", rule=UNKNOWN) for name in given if name not in known]
