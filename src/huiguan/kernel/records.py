"""Records of the hot path: frozen to the type checker, plain at run time.

A frozen dataclass guards each field as it is filled, which makes it five times as dear to make as a plain one; a sale
makes fifty. mypy refuses every assignment to a record, so nothing is lost but the guard at run time.

`replace` is the one of `dataclasses`, known to mypy as that, in less than half the time: a sale changes a dozen records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

__all__ = ["record", "replace"]

Kind = TypeVar("Kind")
_readers: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[Kind]) -> type[Kind]:
    """A dataclass with slots, equal and hashed by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(known: Kind, /, **changes: Any) -> Kind:
        """`known` with some of its fields changed. For records and other dataclasses with slots and two fields or more,
        all of which are given when one is made."""
        kind = type(known)
        read = _readers.get(kind)
        if read is None:
            read = _readers[kind] = attrgetter(*(each.name for each in fields(kind)))
        made = kind(*read(known))
        for name, value in changes.items():
            object.__setattr__(made, name, value)
        return made
