"""Days, moments and answers as they come in: text, however YAML, a spreadsheet or a form gave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from huiguan.rules.listed import written


def _written(value: object) -> object:
    """What YAML, a spreadsheet or a form may give, as text; floats stay what they are and are refused."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _answer(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _written(value)


def _filled(value: object) -> object:
    """A list of rows as the text it is kept as; anything else as an answer."""
    whole = isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value)
    return written(value) if whole else _answer(value)  # type: ignore[arg-type]


_ROWS = {
    "anyOf": [
        {"type": "string", "maxLength": 20000},
        {"type": "array", "items": {"type": "object", "additionalProperties": {"type": ["string", "null"]}}},
        {"type": "null"},
    ]
}
When = Annotated[str, BeforeValidator(_written), Field(min_length=8, max_length=40)]
Answer = Annotated[Annotated[str, Field(max_length=2000)] | None, BeforeValidator(_answer)]
Filled = Annotated[
    Annotated[str, Field(max_length=20_000)] | None, BeforeValidator(_filled), WithJsonSchema(_ROWS)
]  # of a profile: also the rows of a list
Profile = Annotated[Mapping[str, Filled], Field(max_length=100)]
