"""Days, moments and answers as they come in: text, however YAML, a spreadsheet or a form gave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field


def _written(value: object) -> object:
    """What YAML, a spreadsheet or a form may give, as text; floats stay what they are and are refused."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _answer(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _written(value)


When = Annotated[str, BeforeValidator(_written), Field(min_length=8, max_length=40)]
Answer = Annotated[Annotated[str, Field(max_length=2000)] | None, BeforeValidator(_answer)]
Profile = Annotated[Mapping[str, Answer], Field(max_length=100)]
