"""Conditions: which members, lines or coupons a clause means, written as structure, never as an expression.

    {tier: diamond_card}                              equal
    {category: {not_in: [tobacco, alcohol]}}          in, not_in
    {visits_this_quarter: {from: 1}}                  from, to (with the bound); over, under (without)
    {birthday_month: {missing: true}}                 not known
    {any: [ … ]}, {all: [ … ]}, {not: { … }}
    {count: {of: rights, where: {right_used: false}, from: 1}}

Entries side by side must all hold. A comparison with a missing fact does not hold, whatever the comparison; `not` turns
that round like any other answer. `holding` answers in Python, `selecting` in SQL, and both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter, ValidationError, WithJsonSchema

from huiguan.rules.findings import Fault, suggestion
from huiguan.rules.parameters import Rate, Yuan
from huiguan.rules.vocabulary import RELATIONS, Fact, Relation, Subject, facts_of

BOUNDS = ("from", "to", "over", "under")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "word": ("in", "not_in", "missing"),
    "truth": ("missing",),
    "whole": (*BOUNDS, "in", "not_in", "missing"),
    "money": (*BOUNDS, "missing"),
    "ratio": (*BOUNDS, "missing"),
    "day": (*BOUNDS, "missing"),
    "number": (*BOUNDS, "in", "not_in", "missing"),
}
_JOINS = ("any", "all", "not", "count")


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator`: is, in, not_in, from, to, over, under, missing. `value` of the fact's type, a tuple for in/not_in."""

    fact: Fact
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a relation fulfil `where` (None: all of them), within `bounds` of (operator, number)."""

    relation: Relation
    where: Condition | None
    bounds: tuple[tuple[str, int], ...]


Condition = Compare | All | AnyOf | Not | Count


def condition(raw: Any, subject: Subject = "member", known: Mapping[str, Fact] | None = None) -> Condition:
    """Read a condition on `subject` as plain data from the file; Fault where it cannot be read. `known`: the facts it may
    name, those of the subject where None."""
    if isinstance(raw, Compare | All | AnyOf | Not | Count):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise Fault(
            "条件须写明至少一项，如 {{tier: diamond_card}}", "a condition names a fact, as in {{tier: diamond_card}}"
        )
    facts = facts_of(subject) if known is None else known
    parts = tuple(part for name, value in raw.items() for part in _entry(name, value, subject, facts))
    return parts[0] if len(parts) == 1 else All(parts)


def _entry(name: str, value: Any, subject: Subject, known: Mapping[str, Fact]) -> tuple[Condition, ...]:
    if name in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise Fault("{name} 后须有条件列表", "{name} takes a list of conditions", name=name)
        parts = tuple(condition(each, subject, known) for each in value)
        return (AnyOf(parts) if name == "any" else All(parts),)
    if name == "not":
        return (Not(condition(value, subject, known)),)
    if name == "count":
        return (_count(value, subject),)
    if name not in known:
        near = suggestion(name, [*known, *_JOINS])
        raise Fault("没有“{name}”这个事实。{near}", "there is no fact {name}.{near}", name=name, near=near)
    return tuple(_comparisons(known[name], value))


def _comparisons(fact: Fact, value: Any) -> list[Condition]:
    if isinstance(value, list):
        value = {"in": value}
    if not isinstance(value, Mapping):
        return [Compare(fact, "is", _value(fact, value))]
    if not value:
        raise Fault("{fact} 后没有写比较", "{fact} is compared with nothing", fact=fact.name)
    return [_comparison(fact, operator, given) for operator, given in value.items()]


def _comparison(fact: Fact, operator: str, given: Any) -> Condition:
    allowed = _OPERATORS[fact.type]
    if operator not in allowed:
        raise Fault(
            "{fact} 不能用“{operator}”，可用：{allowed:list}",
            "{fact} takes no {operator}; it takes {allowed:list}",
            fact=fact.name,
            operator=operator,
            allowed=list(allowed),
        )
    if operator == "missing":
        return Compare(fact, operator, _truth(given))
    if operator in ("in", "not_in"):
        if not isinstance(given, list):
            raise Fault("{operator} 后须为列表", "{operator} takes a list", operator=operator)
        return Compare(fact, operator, tuple(_value(fact, each) for each in given))
    return Compare(fact, operator, _value(fact, given))


def _count(raw: Any, subject: Subject) -> Count:
    known = {name: relation for name, relation in RELATIONS.items() if relation.of == subject}
    of = raw.get("of") if isinstance(raw, Mapping) else None
    if not isinstance(of, str) or of not in known:
        raise Fault("count 须写明 of：{known:list}", "count takes of: one of {known:list}", known=list(known))
    odd = [key for key in raw if key not in ("of", "where", *BOUNDS)]
    bounds = tuple((operator, _whole(raw[operator])) for operator in BOUNDS if operator in raw)
    if odd or not bounds:
        raise Fault(
            "count 由 of、where 和 from、to、over、under 组成",
            "count has of, where and at least one of from, to, over, under",
        )
    relation = known[of]
    where = raw.get("where")
    if isinstance(where, Mapping) and "count" in where:
        raise Fault("count 里不能再写 count", "a count cannot hold another count")
    return Count(relation, None if where is None else condition(where, relation.each), bounds)


def _truth(given: Any) -> bool:
    if not isinstance(given, bool):
        raise Fault("须为 true 或 false", "must be true or false")
    return given


def _whole(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise Fault("须为整数", "must be a whole number")
    return given


def _word(given: Any) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int) or str(given).strip() == "":
        raise Fault("须为文字", "must be text")
    return str(given)


def _day(given: Any) -> date:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise Fault(
            "没有 {given} 这一天，日期写作 2026-01-31", "no day {given}; write 2026-01-31", given=str(given)
        ) from None


def _number(given: Any) -> Fraction:
    try:
        return Fraction(str(given)) if not isinstance(given, bool) else Fraction("")
    except (ValueError, ZeroDivisionError):
        raise Fault("须为数字", "must be a number") from None


def _by_type(kind: Any) -> Callable[[Any], Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(given: Any) -> Any:
        try:
            return adapter.validate_python(given)
        except ValidationError as wrong:
            raise wrong.errors(include_url=False)[0]["ctx"]["error"] from None

    return read


_READERS: dict[str, Callable[[Any], Any]] = {
    "word": _word,
    "truth": _truth,
    "whole": _whole,
    "money": _by_type(Yuan),
    "ratio": _by_type(Rate),
    "day": _day,
    "number": _number,
}


def _value(fact: Fact, given: Any) -> Any:
    return _READERS[fact.type](given)


def facts_named(what: Condition | None) -> frozenset[str]:
    """The names of all facts and relations a condition asks about."""
    match what:
        case Compare(fact=fact):
            return frozenset({fact.name})
        case All(parts=parts) | AnyOf(parts=parts):
            return frozenset().union(*(facts_named(part) for part in parts))
        case Not(part=part):
            return facts_named(part)
        case Count(relation=relation, where=where):
            return facts_named(where) | {relation.name}
    return frozenset()


def _on_members(raw: Any) -> Condition:
    return condition(raw, "member")


def _on_lines(raw: Any) -> Condition:
    return condition(raw, "line")


def _on_rows(raw: Any) -> Any:
    """Of the rows of a form's list, whose parts only the rulebook as a whole knows: read again where they are."""
    if not isinstance(raw, Mapping) or not raw:
        raise Fault("条件须写明至少一项，如 {{role: auditor}}", "a condition names a part, as in {{role: auditor}}")
    return dict(raw)


RowCondition = Annotated[Any, BeforeValidator(_on_rows), WithJsonSchema({"type": "object"})]
MemberCondition = Annotated[
    Any, BeforeValidator(_on_members), PlainSerializer(repr, return_type=str), WithJsonSchema({"type": "object"})
]
LineCondition = Annotated[
    Any, BeforeValidator(_on_lines), PlainSerializer(repr, return_type=str), WithJsonSchema({"type": "object"})
]
