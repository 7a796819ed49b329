"""Whether a condition holds, in Python: over a mapping of fact names to values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from huiguan.rules.conditions import All, AnyOf, Compare, Condition, Count, Not

BY_BOUND: dict[str, Callable[[Any, Any], bool]] = {
    "from": operator.ge,
    "to": operator.le,
    "over": operator.gt,
    "under": operator.lt,
}


def holds(what: Condition, values: Mapping[str, Any]) -> bool:
    """Whether `what` holds of `values`; a fact that is None or absent is missing, a relation a list of mappings."""
    match what:
        case Compare():
            return _compares(what, values.get(what.fact.name))
        case All(parts=parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, values) for part in parts)
        case Not(part=part):
            return not holds(part, values)
        case Count():
            return _counts(what, values)


def _compares(what: Compare, value: Any) -> bool:
    if what.operator == "missing":
        return bool((value is None) == what.value)
    if value is None:
        return False
    match what.operator:
        case "is":
            return bool(value == what.value)
        case "in":
            return value in what.value
        case "not_in":
            return value not in what.value
    return BY_BOUND[what.operator](value, what.value)


def _counts(what: Count, values: Mapping[str, Any]) -> bool:
    rows = values.get(what.relation.name) or ()
    number = sum(1 for row in rows if what.where is None or holds(what.where, row))
    return all(BY_BOUND[bound](number, limit) for bound, limit in what.bounds)
