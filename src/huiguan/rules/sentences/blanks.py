"""What may stand in a blank, read off a kind's parameter record: nothing about a parameter is said twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from huiguan.rules.conditions import LineCondition, MemberCondition, RowCondition
from huiguan.rules.kinds import KINDS
from huiguan.rules.parameters import Bilingual, Month

MONEY, RATE, DAY, WHOLE, TRUTH, TEXT = "money", "rate", "day", "whole", "truth", "text"
CHOICE, CHOICES, WORDS, NUMBERS, CONDITION, BOTH = "choice", "choices", "words", "numbers", "condition", "both"
_FORMATS = {"yuan": MONEY, "rate": RATE, "month-day": DAY}
_FEW = range(1, 13)
_TIMES = ("times", "tiers", "least", "most", "majority", "quorum", "a_day", "part", "fine_times")


@dataclass(frozen=True, slots=True)
class Blank:
    """`shape`: money, rate, day, whole, truth, text; choice (one of `choices`), choices (any of them); words (any
    words), numbers (any of `choices`, months); condition on a `subject`; both (a text in two languages). `needed`: it
    cannot be left empty; `default`: plain data. Words that are whole numbers have `whole` as their subject."""

    shape: str
    choices: tuple[Any, ...] = ()
    needed: bool = False
    default: Any = None
    subject: str = ""


@lru_cache(maxsize=1024)
def blank_at(kind: str, path: str) -> Blank:
    """The blank of a kind's parameter; KeyError where the kind has none of that path."""
    return _within(KINDS[kind].Parameters, path.split("."), f"{kind}: {path}")


def _within(record: type[BaseModel], path: Sequence[str], told: str) -> Blank:
    name, *rest = path
    field = record.model_fields[name]
    if not rest:
        found = _blank(field)
        return _plain(name, found)
    if _blank(field).shape == BOTH and rest in (["zh"], ["en"]):
        return Blank(TEXT, needed=True)
    inner = next(records_in(field.annotation), None)
    if inner is not None:
        return _within(inner, rest, told)
    return _plain(name, _of_table(field.annotation, rest[0], told))


def _plain(name: str, blank: Blank) -> Blank:
    """ "Ten times" is a rate, and no share of a price, "at least 40%" no discount: they are written as they are."""
    return replace(blank, shape=TEXT) if blank.shape == RATE and name in _TIMES else blank


def _of_table(annotation: Any, part: str, told: str) -> Blank:
    """A table, word by word: `key` (and `key2` of a table in a table) and `value`."""
    args = get_args(annotation)
    if get_origin(annotation) is not dict or part not in ("key", "key2", "value"):
        raise KeyError(told)
    if part == "key":
        return Blank(TEXT, needed=True)
    deeper = get_origin(args[1]) is dict
    if part == "key2":
        return Blank(TEXT, needed=True)
    return replace(_shape(get_args(args[1])[1] if deeper else args[1], ()), needed=True)


def _blank(field: FieldInfo) -> Blank:
    shaped = _shape(field.annotation, tuple(field.metadata))
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return replace(shaped, needed=field.is_required(), default=default)


def _shape(annotation: Any, metadata: tuple[Any, ...]) -> Blank:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(args[0], tuple(args[1:]) + metadata)
    known = _known(metadata)
    if known is not None:
        return known
    if origin in (Union, UnionType):
        inner = [each for each in args if each is not type(None)]
        return _shape(inner[-1], ())
    if origin is Literal:
        return Blank(CHOICE, args)
    if origin is list:
        return Blank(NUMBERS, tuple(_FEW)) if args[0] == Month else _list(_shape(args[0], ()))
    return Blank({bool: TRUTH, int: WHOLE}.get(annotation, TEXT))


def _list(each: Blank) -> Blank:
    if each.shape == CHOICE:
        return Blank(CHOICES, each.choices)
    return Blank(WORDS, subject=WHOLE if each.shape == WHOLE else "")


def _known(metadata: tuple[Any, ...]) -> Blank | None:
    """A unit type of `parameters`, by the metadata that is its own."""
    for kind, subject in ((LineCondition, "line"), (MemberCondition, "member"), (RowCondition, "row")):
        if get_args(kind)[1] in metadata:
            return Blank(CONDITION, subject=subject)
    if get_args(Bilingual)[1] in metadata:
        return Blank(BOTH)
    schemas = [each.json_schema or {} for each in metadata if isinstance(each, WithJsonSchema)]
    found = next((_FORMATS[each["format"]] for each in schemas if each.get("format") in _FORMATS), None)
    return Blank(found) if found else None


def records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The records a parameter is made of."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from records_in(part)


def paths_of(module: ModuleType) -> tuple[str, ...]:
    """Every path a kind's form must have a blank or a sentence for."""
    return tuple(_paths(module.Parameters, ""))


def _paths(record: type[BaseModel], before: str) -> Iterator[str]:
    for name, field in record.model_fields.items():
        path = f"{before}{name}"
        inner = next(records_in(field.annotation), None)
        if inner is not None:
            yield from _paths(inner, f"{path}.")
        elif get_origin(field.annotation) is dict:
            deeper = get_origin(get_args(field.annotation)[1]) is dict
            yield from (f"{path}.{part}" for part in ("key", *(("key2",) if deeper else ()), "value"))
        else:
            yield path
