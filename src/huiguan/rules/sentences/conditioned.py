"""A condition as people read it; codes by the names they are given outside the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiguan.kernel.text import Text, rate
from huiguan.rules import conditions
from huiguan.rules.sentences.words import OPERATORS, TRUTH, joined
from huiguan.rules.vocabulary import Fact

Names = Mapping[str, Mapping[str, Text]]  # fact -> value -> what it is called
NO_NAMES: Names = {}


def condition_told(asked: conditions.Condition, names: Names = NO_NAMES) -> Text:
    """A condition in words: '本季购物次数不少于 1'. `names`: what the values of a fact are called, where they are codes."""
    match asked:
        case conditions.Compare(fact, "missing", value):
            known = Text(zh="未知", en="is not known") if value else Text(zh="已知", en="is known")
            return Text(zh=f"{fact.title.zh}{known.zh}", en=f"{fact.title.en} {known.en}")
        case conditions.Compare(fact, "is", bool() as value):
            verb = TRUTH[value]
            return Text(zh=f"{verb.zh}{fact.title.zh}", en=f"{verb.en} {fact.title.en}")
        case conditions.Compare(fact, operator, value):
            how, shown = OPERATORS[operator], _called(fact, value, names)
            return Text(zh=f"{fact.title.zh}{how.zh} {shown.zh}", en=f"{fact.title.en} {how.en} {shown.en}")
        case conditions.All(parts):
            return joined([condition_told(part, names) for part in parts], "，且", " and ")
        case conditions.AnyOf(parts):
            return joined([condition_told(part, names) for part in parts], "，或", " or ")
        case conditions.Not(conditions.Compare(fact, "is", value)) if not isinstance(value, bool):
            shown = _called(fact, value, names)
            return Text(zh=f"{fact.title.zh}不是 {shown.zh}", en=f"{fact.title.en} is not {shown.en}")
        case conditions.Not(conditions.Compare(fact, "in", value)):
            shown = _called(fact, value, names)
            return Text(zh=f"{fact.title.zh}不属于 {shown.zh}", en=f"{fact.title.en} is none of {shown.en}")
        case conditions.Not(part):
            inner = condition_told(part, names)
            return Text(zh=f"并非{inner.zh}", en=f"not: {inner.en}")
        case conditions.Count(relation, where, bounds):
            inner = condition_told(where, names) if where else Text(zh="", en="")
            zh, en = (f"（{inner.zh}）", f" ({inner.en})") if where else ("", "")
            how = joined([Text(zh=f"{OPERATORS[w].zh} {n}", en=f"{OPERATORS[w].en} {n}") for w, n in bounds], "，")
            return Text(zh=f"{relation.title.zh}{zh}的数目{how.zh}", en=f"number of {relation.title.en}{en} {how.en}")


def _called(fact: Fact, value: Any, names: Names) -> Text:
    """A value by the name it is given outside the rulebook; else as it stands."""
    given = names.get(fact.name, {})
    if isinstance(value, tuple):
        return joined([_called(fact, each, names) for each in value])
    return given[value] if given and isinstance(value, str) and value in given else _value_told(fact.type, value)


def _value_told(kind: str, value: Any) -> Text:
    if isinstance(value, tuple):
        return joined([_value_told(kind, each) for each in value])
    if kind == "ratio":
        return Text(zh=rate(value), en=rate(value))
    spec = {"money": "yuan", "day": "day"}.get(kind, "")
    shown = value.isoformat() if isinstance(value, date) else value
    if not spec:
        return Text(zh=str(value), en=str(value))
    return Text(**Text(zh=f"{{value:{spec}}}", en=f"{{value:{spec}}}").both(value=shown))
